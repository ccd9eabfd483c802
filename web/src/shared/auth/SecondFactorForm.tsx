import { Button, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { askPasskey, passkeysWork } from "@/shared/auth/passkeys";
import type { Demand, Method } from "@/shared/auth/secondFactor";
import type { SecondFactorAnswer } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Auth.module.css";

interface Props {
  demand: Demand;
  /** Throws what the server says against it. */
  onAnswer: (answer: SecondFactorAnswer) => Promise<void>;
}

/** The second step: a passkey, the app's code, or one of the codes that were printed. */
export function SecondFactorForm({ demand, onAnswer }: Props) {
  const { t } = useTranslation("auth");
  const methods = demand.methods.filter((method) => method !== "passkey" || passkeysWork());
  const [method, setMethod] = useState<Method>(methods[0] ?? "recovery");
  const [code, setCode] = useState("");
  const { busy, problem, run } = useSubmit();
  const answer = (rest: Partial<SecondFactorAnswer>) =>
    onAnswer({ challenge: demand.challenge, method, ...rest });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (method === "passkey")
      return void run(async () => answer({ credential: await askPasskey(demand.passkey_options) }));
    void run(() => answer({ code: code.trim() }));
  };
  return (
    <form onSubmit={submit} className={css.form}>
      {problem && <ProblemNote problem={problem} />}
      {method === "passkey" ? (
        <Button size="md" fullWidth type="submit" loading={busy} leftSection={<IconFingerprint size={20} />}>
          {t("step.usePasskey")}
        </Button>
      ) : (
        <>
          <TextInput
            key={method}
            size="md"
            label={t(`step.${method}.label`)}
            description={t(`step.${method}.help`)}
            inputWrapperOrder={["label", "input", "description", "error"]}
            inputMode={method === "totp" ? "numeric" : "text"}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button size="md" fullWidth type="submit" loading={busy}>
            {t("step.confirm")}
          </Button>
        </>
      )}
      {methods.length > 1 && (
        <p className={`small ${css.others}`}>
          {methods
            .filter((other) => other !== method)
            .map((other) => (
              <button
                key={other}
                type="button"
                className={`link ${css.textButton}`}
                onClick={() => {
                  setMethod(other);
                  setCode("");
                }}
              >
                {t(`step.instead.${other}`)}
              </button>
            ))}
        </p>
      )}
    </form>
  );
}
