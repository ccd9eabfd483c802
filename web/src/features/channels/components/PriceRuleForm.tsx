import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ConnectionOut, PriceRuleBodyInput } from "@/api/types.gen";
import { useEditConnection } from "@/features/channels/api/connections";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Channels.module.css";

const currencies = ["EUR", "USD", "GBP", "CHF", "PLN", "CZK", "SEK", "DKK", "CAD", "AUD"];
const roundings = ["none", "0.99", "0.95", "0.05"] as const;

/** `1,08` and `1.08` are the same factor; nothing where it is none. */
function factor(text: string): string | undefined {
  const plain = text.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : undefined;
}

/** How catalogue prices become prices here: rate per currency, percent on top, rounding. */
export function PriceRuleForm({ connection }: { connection: ConnectionOut }) {
  const { t } = useTranslation("channels");
  const format = useFormat();
  const edit = useEditConnection(connection);
  const rule = connection.price_rule;
  const local = (text: unknown) => String(text).replace(".", format.decimalSign);
  const [rates, setRates] = useState<[string, string][]>(() =>
    Object.entries(rule?.from ?? {}).map(([code, rate]) => [code, local(rate)]),
  );
  const [percent, setPercent] = useState(local(rule?.percent ?? "0"));
  const [rounding, setRounding] = useState<string>(rule?.round_to ?? "none");
  const own = connection.marketplace.currency;
  const unused = currencies.filter((code) => code !== own && !rates.some(([taken]) => taken === code));
  const badRates = rates.filter(([, rate]) => !(Number(factor(rate)) > 0)).map(([code]) => code);
  const badPercent = factor(percent) === undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (badRates.length > 0 || badPercent) return;
    const body: PriceRuleBodyInput = {
      from: Object.fromEntries(rates.map(([code, rate]) => [code, factor(rate) ?? "1"])),
      percent: factor(percent) ?? "0",
      round_to: rounding as PriceRuleBodyInput["round_to"],
    };
    edit.mutate({ price_rule: body }, { onSuccess: () => confirm(t("rule.saved")) });
  }

  return (
    <form className={css.rights} onSubmit={submit} aria-labelledby="rule">
      <h4 id="rule">{t("rule.title")}</h4>
      <p className="small ink2">{t("rule.text", { currency: own })}</p>
      {edit.isError && <ProblemNote problem={edit.error} />}
      {rates.map(([code, rate], at) => (
        <div key={code} className={css.rate}>
          <TextInput
            label={t("rule.rate", { from: code, to: own })}
            value={rate}
            inputMode="decimal"
            error={badRates.includes(code) ? t("rule.notANumber") : undefined}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setRates((before) => before.map((entry, index) => (index === at ? [code, value] : entry)));
            }}
          />
          <ActionIcon
            variant="default"
            size={34}
            aria-label={t("rule.remove", { currency: code })}
            onClick={() => setRates((before) => before.filter(([taken]) => taken !== code))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Select
        label={t("rule.add")}
        placeholder={t("rule.addPlaceholder")}
        leftSection={<IconPlus size={15} />}
        value={null}
        data={unused}
        onChange={(code) => code && setRates((before) => [...before, [code, ""]])}
      />
      <div className={css.rule}>
        <TextInput
          label={t("rule.percent")}
          value={percent}
          inputMode="decimal"
          rightSection={<span className="dim small">%</span>}
          error={badPercent ? t("rule.notANumber") : undefined}
          onChange={(event) => setPercent(event.currentTarget.value)}
        />
        <Select
          label={t("rule.rounding")}
          allowDeselect={false}
          value={rounding}
          onChange={(value) => setRounding(value ?? "none")}
          data={roundings.map((value) => ({
            value,
            label: t(
              `rule.round.${value === "none" ? "none" : value === "0.99" ? "99" : value === "0.95" ? "95" : "05"}`,
            ),
          }))}
        />
      </div>
      <div className={`row ${css.drawerActions}`}>
        <Button size="xs" type="submit" variant="default" loading={edit.isPending}>
          {t("rule.save")}
        </Button>
        {rule && (
          <Button size="xs" variant="subtle" onClick={() => edit.mutate({ price_rule: null })}>
            {t("rule.clear")}
          </Button>
        )}
      </div>
    </form>
  );
}
