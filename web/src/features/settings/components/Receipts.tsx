import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ErasureOut } from "@/api/types.gen";
import { erasuresQuery, useCancelErasure } from "@/features/settings/api/privacy";
import { Loaded } from "@/features/settings/components/Loaded";
import { Section } from "@/features/settings/components/Section";
import { useFormat } from "@/shared/format/format";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

/** What went, what was kept, by which law and until when. */
function Receipt({ erasure }: { erasure: ErasureOut }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  return (
    <dl className="facts" style={{ flexBasis: "100%" }}>
      <dt>{t("privacy.went")}</dt>
      <dd>
        {Object.entries(erasure.counts)
          .map(([table, count]) => `${table}: ${format.number(count)}`)
          .join(" · ") || "–"}
      </dd>
      <dt>{t("privacy.kept")}</dt>
      <dd>
        {erasure.kept
          .map((row) =>
            [
              `${row.what}: ${format.number(row.count)}`,
              row.law,
              row.until && t("privacy.until", { date: format.date(new Date(row.until)) }),
            ]
              .filter(Boolean)
              .join(", "),
          )
          .join(" · ") || "–"}
      </dd>
    </dl>
  );
}

/** Erasures that were asked for here, each with its receipt. */
export function Receipts() {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const erasures = useQuery(erasuresQuery);
  const cancel = useCancelErasure();
  return (
    <Section bare title={t("privacy.receipts")}>
      {cancel.error && <ProblemNote problem={cancel.error} />}
      <Loaded query={erasures} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={`small dim ${css.body}`}>{t("privacy.noReceipts")}</p>
          ) : (
            <ul className={css.rows}>
              {items.map((row) => (
                <li key={row.id}>
                  <span className="grow">
                    <span className="medium">{t(`privacy.of.${row.subject}`)}</span>
                    <span className="dim small" style={{ display: "block" }}>
                      {t(`privacy.erasure.${row.state}`, {
                        date: format.date(new Date(row.done_at ?? row.due_at)),
                      })}
                    </span>
                  </span>
                  {row.state === "planned" && (
                    <Button
                      size="xs"
                      variant="default"
                      loading={cancel.isPending && cancel.variables === row.id}
                      onClick={() => cancel.mutate(row.id)}
                    >
                      {t("privacy.takeBack")}
                    </Button>
                  )}
                  {row.state === "done" && <Receipt erasure={row} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
