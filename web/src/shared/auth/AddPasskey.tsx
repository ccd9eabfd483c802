import { Button, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AddedOut, FactorsOut } from "@/api/types.gen";
import { useAddPasskey } from "@/shared/auth/factors";
import { passkeysWork } from "@/shared/auth/passkeys";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Auth.module.css";

/** The same installation under the name that passkeys are bound to. */
function sameAt(host: string): string {
  const { protocol, port } = window.location;
  return `${protocol}//${host}${port && `:${port}`}`;
}

interface Props {
  factors: FactorsOut;
  onAdded: (added: AddedOut) => void;
}

/** A passkey of this device; where none can be made here, why, and where it can. */
export function AddPasskey({ factors, onAdded }: Props) {
  const { t } = useTranslation("auth");
  const add = useAddPasskey();
  const [name, setName] = useState("");
  const { busy, problem, run } = useSubmit();
  const host = factors.passkey_host;
  if (!host) return <p className="small ink2">{t("passkey.noHost")}</p>;
  if (host !== window.location.hostname) {
    return (
      <p className="small ink2">
        {t("passkey.impossible", { host: sameAt(host) })}{" "}
        <a className="link" href={sameAt(host) + window.location.pathname}>
          {sameAt(host)}
        </a>
      </p>
    );
  }
  if (!passkeysWork()) return <p className="small ink2">{t("passkey.noBrowser")}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onAdded(await add.mutateAsync(name.trim())));
  };
  return (
    <form onSubmit={submit} className={css.form}>
      {problem && <ProblemNote problem={problem} />}
      <TextInput
        label={t("passkey.name")}
        placeholder={t("passkey.nameHint")}
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={busy} leftSection={<IconFingerprint size={18} />}>
          {t("passkey.add")}
        </Button>
      </div>
    </form>
  );
}
