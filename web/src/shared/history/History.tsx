import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowBackUp, IconArrowRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, type Format } from "@/shared/format/format";
import { StateText } from "@/shared/states/Chip";
import css from "./History.module.css";
import { groupBy } from "@/shared/lists/groupBy";

export interface HistoryEntry {
  id: string;
  at: string;
  /** Who or what did it. */
  by: string;
  cause?: string;
  revision?: number;
  /** It changed what is kept here; the rest tells what the channels said. */
  isChange?: boolean;
  /** What was changed, old and new. */
  details?: ReactNode;
  /** What the channel answered, and the state that came of it. */
  says?: string;
  state?: string;
  /** Undoes this change, or goes back to what it made; `backWords` is the button's. */
  onTakeBack?: () => void;
  backWords?: string;
}

/** One value with what it was before. */
export interface Replaced {
  name: string;
  from: string;
  to: string;
}

/** Old and new values, one below the other. */
export function Replacements({ changes }: { changes: Replaced[] }) {
  const { t } = useTranslation("shared");
  return changes.map((change) => (
    <p key={change.name} className={css.change}>
      <span className="dim">{change.name}</span>
      <del>{change.from || t("history.empty")}</del>
      <IconArrowRight size={13} aria-label={t("history.became")} />
      <ins>{change.to || t("history.empty")}</ins>
    </p>
  ));
}

const day = 86_400_000;

function dayWord(at: Date, format: Format, words: { today: string; yesterday: string }): string {
  const now = Date.now();
  if (at.toDateString() === new Date(now).toDateString()) return words.today;
  if (at.toDateString() === new Date(now - day).toDateString()) return words.yesterday;
  return format.longDate(at);
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const meta = [
    entry.revision === undefined ? undefined : t("history.revision", { revision: entry.revision }),
    entry.cause && t("history.cause", { cause: entry.cause }),
  ].filter(Boolean);
  return (
    <li>
      <time dateTime={entry.at}>{format.seconds(new Date(entry.at))}</time>
      <div className="grow">
        <div className="row">
          <span className="medium grow clip">{entry.by}</span>
          {entry.onTakeBack && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconArrowBackUp size={14} />}
              onClick={entry.onTakeBack}
            >
              {entry.backWords ?? t("action.takeBack")}
            </Button>
          )}
        </div>
        {entry.details}
        {meta.length > 0 && <p className="dim caption">{meta.join(" · ")}</p>}
        {entry.state && (
          <p className="small">
            <StateText state={entry.state}>{entry.says}</StateText>
          </p>
        )}
        {!entry.state && entry.says && <p className="small ink2">{entry.says}</p>}
      </div>
    </li>
  );
}

/** Changes and channel answers in one line of time: what was wanted, and what came of it. */
export function History({ entries }: { entries: HistoryEntry[] }) {
  const { t } = useTranslation("shared");
  const format = useFormat();
  const [shown, setShown] = useState("all");
  const words = { today: t("history.today"), yesterday: t("history.yesterday") };
  const wanted = entries.filter(
    (entry) => shown === "all" || (shown === "changes") === (entry.isChange ?? false),
  );
  const days = groupBy(wanted, (entry) => dayWord(new Date(entry.at), format, words));
  return (
    <>
      <SegmentedControl
        size="xs"
        mb={8}
        value={shown}
        onChange={setShown}
        data={(["all", "changes", "channels"] as const).map((value) => ({
          value,
          label: t(`history.${value}`),
        }))}
      />
      {wanted.length === 0 && <p className="dim">{t("history.none")}</p>}
      {[...days].map(([word, list]) => (
        <section key={word} aria-label={word}>
          <h3 className={css.day}>{word}</h3>
          <ol className={css.list}>
            {list.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
