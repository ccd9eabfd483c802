import { Button } from "@mantine/core";
import { IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddedOut, FactorOut, FactorsOut } from "@/api/types.gen";
import { Loaded } from "@/features/settings/components/Loaded";
import { Note, Section } from "@/features/settings/components/Section";
import { AddPasskey } from "@/shared/auth/AddPasskey";
import { AddTotp } from "@/shared/auth/AddTotp";
import { factorsQuery, useMakeCodes, useRemoveFactor } from "@/shared/auth/factors";
import { RecoveryCodes } from "@/shared/auth/RecoveryCodes";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import { confirm } from "@/shared/ui/toast";
import css from "./Settings.module.css";

function FactorRow({ factor, onRemove, busy }: { factor: FactorOut; onRemove: () => void; busy: boolean }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const Icon = factor.kind === "totp" ? IconDeviceMobile : IconFingerprint;
  const name = factor.name || t(`security.kind.${factor.kind}`);
  return (
    <li>
      <Icon size={20} stroke={1.7} aria-hidden />
      <span className="grow">
        <span className="medium">{name}</span>
        <span className="dim small" style={{ display: "block" }}>
          {t(`security.kind.${factor.kind}`)} ·{" "}
          {t("security.addedAt", { date: format.date(new Date(factor.added_at)) })} · {t("security.usedAt")}{" "}
          <Age since={factor.used_at} none={t("security.never")} />
        </span>
      </span>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        onClick={onRemove}
        aria-label={t("security.removeNamed", { name })}
      >
        {t("security.remove")}
      </Button>
    </li>
  );
}

function Codes({ factors, onCodes }: { factors: FactorsOut; onCodes: (codes: string[]) => void }) {
  const { t } = useTranslation("settings");
  const make = useMakeCodes();
  return (
    <Section title={t("security.codes")} text={t("security.codesText")}>
      {make.error && <ProblemNote problem={make.error} />}
      <div className="row wrap">
        <span className="grow medium">{t("security.codesLeft", { count: factors.recovery_codes_left })}</span>
        <Button
          size="xs"
          variant="default"
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onSuccess: (made) => onCodes(made.codes) })}
        >
          {t("security.codesNew")}
        </Button>
      </div>
    </Section>
  );
}

function Factors({ factors }: { factors: FactorsOut }) {
  const { t } = useTranslation("settings");
  const remove = useRemoveFactor();
  const [codes, setCodes] = useState<string[]>();
  const [round, setRound] = useState(0);
  function take(added: AddedOut) {
    confirm(t("security.factorDone"));
    setRound((before) => before + 1); // the forms begin anew
    if (added.recovery_codes) setCodes(added.recovery_codes);
  }
  if (codes) {
    return (
      <Section title={t("security.codes")}>
        <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />
      </Section>
    );
  }
  const hasTotp = factors.items.some((factor) => factor.kind === "totp");
  return (
    <>
      <Section bare title={t("security.factors")} text={t("security.factorsText")}>
        {factors.required && <Note>{t("security.required")}</Note>}
        {remove.error && <ProblemNote problem={remove.error} />}
        {factors.items.length === 0 && <p className={`small dim ${css.body}`}>{t("security.noFactor")}</p>}
        <ul className={css.rows}>
          {factors.items.map((factor) => (
            <FactorRow
              key={factor.id}
              factor={factor}
              busy={remove.isPending && remove.variables === factor.id}
              onRemove={() => remove.mutate(factor.id)}
            />
          ))}
        </ul>
      </Section>
      <Section
        title={t(hasTotp ? "security.totpOther" : "security.totp")}
        text={t(hasTotp ? "security.totpOtherText" : "security.totpText")}
      >
        <AddTotp key={round} onAdded={take} />
      </Section>
      <Section title={t("security.passkey")} text={t("security.passkeyText")}>
        <AddPasskey key={round} factors={factors} onAdded={take} />
      </Section>
      {factors.items.length > 0 && <Codes factors={factors} onCodes={setCodes} />}
    </>
  );
}

/** What proves a person besides the password. */
export function FactorsSection() {
  return <Loaded query={useQuery(factorsQuery)}>{(factors) => <Factors factors={factors} />}</Loaded>;
}
