import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { KeyIn, KeyOut } from "@/api/types.gen";
import { keysQuery, useMakeKey, useRevokeKey } from "@/features/settings/api/doors";
import { Loaded } from "@/features/settings/components/Loaded";
import { More } from "@/features/settings/components/More";
import { Once } from "@/features/settings/components/Once";
import { Section } from "@/features/settings/components/Section";
import { useFormat } from "@/shared/format/format";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { Age } from "@/shared/states/Age";
import css from "./Settings.module.css";

const scopes: KeyIn["scopes"] = ["read", "write", "admin"];
const lifetimes = ["30", "90", "365", "0"];
const dayMilliseconds = 86_400_000;

function expiry(days: string): string | null {
  return days === "0" ? null : new Date(Date.now() + Number(days) * dayMilliseconds).toISOString();
}

function MakeForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTranslation("settings");
  const make = useMakeKey();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>(["read"]);
  const [days, setDays] = useState("365");
  const { busy, problem, errorAt, run } = useSubmit(["name", "scopes"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), scopes: chosen as KeyIn["scopes"], expires_at: expiry(days) };
    void run(async () => {
      onMade((await make.mutateAsync(body)).secret);
      setName("");
    });
  };
  return (
    <Section title={t("keys.new")} text={t("keys.newText")}>
      <form onSubmit={submit} className={css.page}>
        {problem && <ProblemNote problem={problem} />}
        <div className={css.two}>
          <TextInput
            label={t("keys.name")}
            placeholder={t("keys.nameHint")}
            required
            withAsterisk={false}
            maxLength={100}
            value={name}
            error={errorAt("name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t("keys.lifetime")}
            allowDeselect={false}
            data={lifetimes.map((value) => ({ value, label: t(`keys.days.${value as "30"}`) }))}
            value={days}
            onChange={(value) => value && setDays(value)}
          />
        </div>
        <Checkbox.Group label={t("keys.may")} value={chosen} onChange={setChosen} error={errorAt("scopes")}>
          <div className={css.page} style={{ gap: 8, marginTop: 4 }}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`keys.scope.${scope}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <div className={css.actions}>
          <Button type="submit" loading={busy} disabled={chosen.length === 0}>
            {t("keys.make")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function KeyRow({ apiKey, busy, onRevoke }: { apiKey: KeyOut; busy: boolean; onRevoke: () => void }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const isOpen = apiKey.status === "active";
  return (
    <li>
      <span className="grow">
        <span className="medium">{apiKey.name}</span>{" "}
        <span className="small ink2">
          {apiKey.prefix}… · {t(`keys.status.${apiKey.status}`)}
        </span>
        <span className="dim small" style={{ display: "block" }}>
          {format.list(apiKey.scopes.map((scope) => t(`keys.short.${scope}`)))} · {apiKey.maker.name} ·{" "}
          {apiKey.expires_at
            ? t("keys.until", { date: format.date(new Date(apiKey.expires_at)) })
            : t("keys.forever")}{" "}
          · {t("security.usedAt")} <Age since={apiKey.used_at} none={t("security.never")} />
          {apiKey.used_from && ` · ${apiKey.used_from}`}
        </span>
      </span>
      {isOpen && (
        <Button
          size="xs"
          variant="default"
          loading={busy}
          onClick={onRevoke}
          aria-label={t("keys.revokeNamed", { name: apiKey.name })}
        >
          {t("keys.revoke")}
        </Button>
      )}
    </li>
  );
}

/** Ways in for programs: each named, with rights of its own, and shown once. */
export function KeysPage() {
  const { t } = useTranslation("settings");
  const keys = useInfiniteQuery(keysQuery);
  const revoke = useRevokeKey();
  const [secret, setSecret] = useState<string>();
  return (
    <>
      {secret ? (
        <Once
          title={t("keys.made")}
          text={t("keys.madeText")}
          secret={secret}
          onDone={() => setSecret(undefined)}
        />
      ) : (
        <MakeForm onMade={setSecret} />
      )}
      {revoke.error && <ProblemNote problem={revoke.error} />}
      <Section bare title={t("keys.title")}>
        <Loaded query={keys}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length === 0) return <p className={`small dim ${css.body}`}>{t("keys.none")}</p>;
            return (
              <ul className={css.rows}>
                {rows.map((row) => (
                  <KeyRow
                    key={row.id}
                    apiKey={row}
                    busy={revoke.isPending && revoke.variables === row.id}
                    onRevoke={() => revoke.mutate(row.id)}
                  />
                ))}
              </ul>
            );
          }}
        </Loaded>
        <More query={keys} />
      </Section>
    </>
  );
}
