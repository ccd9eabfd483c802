import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AddedOut, EnrolmentOut } from "@/api/types.gen";
import { useBeginTotp, useConfirmTotp } from "@/shared/auth/factors";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Auth.module.css";

function Enrol({ enrolment, onAdded }: { enrolment: EnrolmentOut; onAdded: (added: AddedOut) => void }) {
  const { t } = useTranslation("auth");
  const confirmTotp = useConfirmTotp();
  const [code, setCode] = useState("");
  const { busy, problem, errorAt, run } = useSubmit(["code"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onAdded(await confirmTotp.mutateAsync(code.trim())));
  };
  return (
    <div className={css.setup}>
      <img
        className={css.qr}
        src={`data:image/svg+xml,${encodeURIComponent(enrolment.svg)}`}
        alt={t("totp.picture")}
      />
      <form onSubmit={submit} className={css.form}>
        <p className="small ink2">{t("totp.text")}</p>
        <div>
          <p className="caption dim">{t("totp.key")}</p>
          <p className={css.secret}>{enrolment.secret.replace(/(.{4})(?=.)/g, "$1 ")}</p>
        </div>
        {problem && <ProblemNote problem={problem} />}
        <TextInput
          label={t("totp.code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          value={code}
          error={errorAt("code")}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t("totp.confirm")}
        </Button>
      </form>
    </div>
  );
}

/** An authenticator app: its picture and key, and the code that shows that it took them in. */
export function AddTotp({ onAdded }: { onAdded: (added: AddedOut) => void }) {
  const { t } = useTranslation("auth");
  const begin = useBeginTotp();
  if (begin.data) return <Enrol enrolment={begin.data} onAdded={onAdded} />;
  return (
    <div className={css.form}>
      {begin.error && <ProblemNote problem={begin.error} />}
      <div>
        <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
          {t("totp.begin")}
        </Button>
      </div>
    </div>
  );
}
