import { Button, Modal, PasswordInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { prove, proveSecondFactor } from "@/api/sdk.gen";
import type { SecondFactorIn } from "@/api/types.gen";
import { settleProof, useProofAsked } from "@/shared/auth/proof";
import { demandOf, isOver, type Demand } from "@/shared/auth/secondFactor";
import { SecondFactorForm } from "@/shared/auth/SecondFactorForm";
import { useSession, type SecondFactorAnswer } from "@/shared/auth/session";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Auth.module.css";

function PasswordStep({ onProven, onDemand }: { onProven: () => void; onDemand: (demand: Demand) => void }) {
  const { t } = useTranslation("auth");
  const [password, setPassword] = useState("");
  const { busy, problem, errorAt, run } = useSubmit(["password"]);
  async function ask() {
    try {
      await prove({ body: { password } });
      onProven();
    } catch (thrown) {
      const demand = demandOf(thrown);
      if (!demand) throw thrown;
      onDemand(demand);
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(ask);
  };
  return (
    <form onSubmit={submit} className={css.form}>
      {problem && <ProblemNote problem={problem} />}
      <PasswordInput
        label={t("proof.password")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        value={password}
        error={errorAt("password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
      />
      <Button type="submit" fullWidth loading={busy}>
        {t("step.confirm")}
      </Button>
    </form>
  );
}

function Steps() {
  const [demand, setDemand] = useState<Demand>();
  const [spent, setSpent] = useState<unknown>();
  const proven = () => settleProof(true);
  if (!demand) {
    return (
      <>
        {spent !== undefined && <ProblemNote problem={spent} />}
        <PasswordStep onProven={proven} onDemand={setDemand} />
      </>
    );
  }
  async function answer(given: SecondFactorAnswer) {
    try {
      await proveSecondFactor({ body: given as SecondFactorIn });
      proven();
    } catch (thrown) {
      if (!isOver(thrown)) throw thrown;
      setSpent(thrown);
      setDemand(undefined);
    }
  }
  return <SecondFactorForm demand={demand} onAnswer={answer} />;
}

/** Before what could lock a person out or let another in: it is really they. Opened by the call that was refused. */
export function ProofModal() {
  const { t } = useTranslation("auth");
  const asked = useProofAsked();
  const session = useSession();
  const email = session.status === "signedIn" ? session.user.email : "";
  return (
    <Modal
      opened={asked}
      onClose={() => settleProof(false)}
      title={t("proof.title")}
      size={420}
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      <p className="small ink2" style={{ marginBottom: 14 }}>
        {t("proof.text", { email })}
      </p>
      {asked && <Steps />}
    </Modal>
  );
}
