import { Button, Radio } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportDetail } from "@/api/types.gen";
import { useChangeMapping, useStartImport } from "@/features/imports/api/imports";
import { ColumnTable } from "@/features/imports/components/ColumnTable";
import { DefaultsSheet } from "@/features/imports/components/DefaultsSheet";
import { PreviewSheet } from "@/features/imports/components/PreviewSheet";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useFormat } from "@/shared/format/format";
import type { ProblemDetail } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { StateText } from "@/shared/states/Chip";
import css from "./Imports.module.css";

interface ListProps {
  title: string;
  state: string;
  problems: ProblemDetail[];
}

function Remarks({ title, state, problems }: ListProps) {
  const words = useProblemWords();
  if (problems.length === 0) return null;
  return (
    <section className="sheet" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <ul className={css.remarks}>
        {problems.map((problem) => (
          <li key={problem.code + JSON.stringify(problem.params)}>
            <StateText state={state}>{words(problem).title}</StateText>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What each column was taken for, what the file lacks, and what its beginning would become. */
export function MappingStep({ found }: { found: ImportDetail }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const change = useChangeMapping(found.id);
  const start = useStartImport(found.id);
  const [existing, setExisting] = useState<"update" | "refuse">("update");
  const { write } = useRights();
  return (
    <>
      <MayNot right="write" />
      {(change.error ?? start.error) && <ProblemNote problem={change.error ?? start.error} />}
      <div className={css.split}>
        <div className={css.main}>
          <ColumnTable
            found={found}
            readOnly={!write}
            onChange={(edit) => change.mutate({ columns: [edit] })}
          />
          {found.preview && <PreviewSheet preview={found.preview} columns={found.columns} />}
        </div>
        <aside className={css.main} aria-label={t("aside")}>
          <Remarks title={t("missing")} state="problem" problems={found.missing} />
          <DefaultsSheet
            key={found.id}
            defaults={found.defaults}
            readOnly={!write}
            onChange={(defaults) => change.mutate({ defaults })}
          />
          <Remarks
            title={t("questions")}
            state="waiting"
            problems={[...found.questions, ...found.warnings]}
          />
          {write && (
            <section className={`sheet ${css.start}`} aria-label={t("start.title")}>
              {found.existing !== null && found.existing > 0 && (
                <Radio.Group
                  label={t("start.existing", {
                    count: found.existing,
                    number: format.number(found.existing),
                  })}
                  value={existing}
                  onChange={(value) => setExisting(value === "refuse" ? "refuse" : "update")}
                >
                  <Radio
                    value="update"
                    label={t("start.update")}
                    description={t("start.updateHelp")}
                    mt={8}
                  />
                  <Radio
                    value="refuse"
                    label={t("start.refuse")}
                    description={t("start.refuseHelp")}
                    mt={8}
                  />
                </Radio.Group>
              )}
              {found.remembered && <p className="dim small">{t("remembered")}</p>}
              <Button
                fullWidth
                rightSection={<IconArrowRight size={16} />}
                disabled={found.missing.length > 0 || change.isPending}
                loading={start.isPending}
                onClick={() => start.mutate(existing)}
              >
                {found.rows === null
                  ? t("start.button")
                  : t("start.rows", { count: found.rows, number: format.number(found.rows) })}
              </Button>
            </section>
          )}
        </aside>
      </div>
    </>
  );
}
