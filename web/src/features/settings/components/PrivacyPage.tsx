import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { exportsQuery, useAskExport, useFetchExport, useRemoveExport } from "@/features/settings/api/privacy";
import { BusinessErasure, BuyerErasure, OwnErasure } from "@/features/settings/components/Erase";
import { Loaded } from "@/features/settings/components/Loaded";
import { Receipts } from "@/features/settings/components/Receipts";
import { Section } from "@/features/settings/components/Section";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import css from "./Settings.module.css";

function Exports() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const { owner } = useRights();
  const exported = useQuery(exportsQuery);
  const ask = useAskExport();
  const fetchIt = useFetchExport();
  const remove = useRemoveExport();
  const problem = ask.error ?? fetchIt.error ?? remove.error;
  return (
    <Section title={t("privacy.export")} text={t("privacy.exportText")}>
      {problem && <ProblemNote problem={problem} />}
      <div className={css.actions}>
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate("person")}>
          {t("privacy.exportMine")}
        </Button>
        {owner && (
          <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate("business")}>
            {t("privacy.exportAll")}
          </Button>
        )}
      </div>
      <Loaded query={exported} rows={1}>
        {({ items }) => (
          <ul className={css.rows} style={{ margin: "0 -16px" }}>
            {items.map((row) => (
              <li key={row.id}>
                <span className="grow">
                  <span className="medium">{t(`privacy.of.${row.subject}`)}</span>
                  <span className="dim small" style={{ display: "block" }}>
                    {t(`privacy.state.${row.state}`)} · <Age since={row.created_at} />
                    {row.state === "ready" && ` · ${format.bytes(row.bytes)}`}
                    {row.expires_at &&
                      ` · ${t("privacy.until", { date: format.date(new Date(row.expires_at)) })}`}
                  </span>
                </span>
                {row.state === "ready" && (
                  <Button
                    size="xs"
                    variant="default"
                    loading={fetchIt.isPending && fetchIt.variables === row.id}
                    onClick={() => fetchIt.mutate(row.id)}
                  >
                    {t("privacy.fetch")}
                  </Button>
                )}
                <Button size="xs" variant="subtle" onClick={() => remove.mutate(row.id)}>
                  {t("privacy.discard")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

/** Data to take away, data to erase, and the receipts of what went and what law keeps. */
export function PrivacyPage() {
  const { admin, owner } = useRights();
  return (
    <>
      <Exports />
      {admin && <BuyerErasure />}
      {admin && <Receipts />}
      <OwnErasure />
      {owner && <BusinessErasure />}
    </>
  );
}
