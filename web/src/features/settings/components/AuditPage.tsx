import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryOut } from "@/api/types.gen";
import { auditQuery, type AuditAsked } from "@/features/settings/api/doors";
import { Loaded } from "@/features/settings/components/Loaded";
import { More } from "@/features/settings/components/More";
import { Section } from "@/features/settings/components/Section";
import { actorWords, auditWords, changeWords, groups } from "@/features/settings/auditWords";
import { deviceName } from "@/features/settings/device";
import { useFormat } from "@/shared/format/format";
import { useSubmit } from "@/shared/forms/useSubmit";
import { downloadFrom } from "@/shared/http/download";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

const pauseMilliseconds = 250;
const anything = "-";

/** What changed, as before → after. */
function Changes({ entry }: { entry: EntryOut }) {
  const changes = changeWords(entry, useFormat());
  if (changes.length === 0) return null;
  return (
    <span className="small ink2" style={{ display: "block", overflowWrap: "anywhere" }}>
      {changes.join(" · ")}
    </span>
  );
}

function Row({ entry }: { entry: EntryOut }) {
  const format = useFormat();
  const at = new Date(entry.at);
  return (
    <li>
      <span className="grow">
        <span className="medium">{auditWords(entry.action)}</span>
        {entry.entity.label && entry.entity.kind !== "session" && <span> · {entry.entity.label}</span>}
        <Changes entry={entry} />
        <span className="dim small" style={{ display: "block" }} title={entry.place.device}>
          {[actorWords(entry), entry.place.address, deviceName(entry.place.device)]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <time className="small dim nowrap" dateTime={entry.at}>
        {format.date(at)}, {format.seconds(at)}
      </time>
    </li>
  );
}

function Export({ asked }: { asked: AuditAsked }) {
  const { t } = useTranslation("settings");
  const { busy, problem, run } = useSubmit();
  const filters = Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const fetchAs = (format: "csv" | "ndjson") =>
    void run(() =>
      downloadFrom(
        `/api/v1/audit/export?${new URLSearchParams([...filters, ["format", format]]).toString()}`,
        `kontor-audit.${format}`,
      ),
    );
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <div className={css.actions}>
        {(["csv", "ndjson"] as const).map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            loading={busy}
            leftSection={<IconDownload size={14} />}
            onClick={() => fetchAs(format)}
          >
            {t(`audit.${format}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Who did what, from where, and what changed by it. */
export function AuditPage() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const [text, setText] = useState(search.q ?? "");
  const [words] = useDebouncedValue(text.trim(), pauseMilliseconds);
  const filter = (change: Record<string, string | undefined>) =>
    void navigate({ to: "/settings/audit", search: { ...search, ...change }, replace: true });
  const asked: AuditAsked = {
    q: words || undefined,
    action: search.action,
    from: search.from && `${search.from}T00:00:00Z`,
    to: search.to && `${search.to}T23:59:59Z`,
  };
  const entries = useInfiniteQuery(auditQuery(asked));
  return (
    <Section bare title={t("audit.title")} text={t("audit.text")}>
      <div className={css.body}>
        <div className={css.two}>
          <TextInput
            label={t("audit.search")}
            leftSection={<IconSearch size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            label={t("audit.action")}
            allowDeselect={false}
            data={[
              { value: anything, label: t("audit.any") },
              ...groups.map((value) => ({ value: `${value}.`, label: t(`audit.group.${value}`) })),
            ]}
            value={search.action ?? anything}
            onChange={(value) => filter({ action: value && value !== anything ? value : undefined })}
          />
          <TextInput
            type="date"
            label={t("audit.from")}
            value={search.from ?? ""}
            onChange={(event) => filter({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            label={t("audit.to")}
            value={search.to ?? ""}
            onChange={(event) => filter({ to: event.currentTarget.value || undefined })}
          />
        </div>
        <Export asked={asked} />
      </div>
      <Loaded query={entries} rows={6}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className={`small dim ${css.body}`}>{t("audit.none")}</p>;
          return (
            <ul className={css.rows}>
              {rows.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <More query={entries} />
    </Section>
  );
}
