import { Button, MultiSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { endpointsQuery, eventTypesQuery, useMakeEndpoint } from "@/features/settings/api/doors";
import { EndpointSection } from "@/features/settings/components/EndpointSection";
import { Loaded } from "@/features/settings/components/Loaded";
import { Once } from "@/features/settings/components/Once";
import { Section } from "@/features/settings/components/Section";
import { useSubmit } from "@/shared/forms/useSubmit";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import css from "./Settings.module.css";

function MakeForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useTranslation("settings");
  const make = useMakeEndpoint();
  const known = useQuery(eventTypesQuery).data?.items ?? [];
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [types, setTypes] = useState<string[]>([]);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { busy, problem, errorAt, run } = useSubmit(["url", "types", "description"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { url: url.trim(), types, description: description.trim() };
    void run(async () => {
      onMade((await make.mutateAsync({ body, key })).secret);
      setKey(crypto.randomUUID());
    });
  };
  return (
    <Section title={t("webhooks.new")} text={t("webhooks.newText")}>
      <form onSubmit={submit} className={css.page}>
        {problem && <ProblemNote problem={problem} />}
        <TextInput
          type="url"
          label={t("webhooks.url")}
          placeholder="https://"
          required
          withAsterisk={false}
          value={url}
          error={errorAt("url")}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label={t("webhooks.description")}
          maxLength={200}
          value={description}
          error={errorAt("description")}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <MultiSelect
          label={t("webhooks.types")}
          data={known.map((type) => type.name)}
          value={types}
          error={errorAt("types")}
          searchable
          onChange={setTypes}
          clearButtonProps={{ "aria-label": t("webhooks.clear") }}
        />
        <div className={css.actions}>
          <Button type="submit" loading={busy}>
            {t("webhooks.make")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Where the business's own programs are told what happens, and what came of it. */
export function WebhooksPage() {
  const { t } = useTranslation("settings");
  const endpoints = useQuery(endpointsQuery);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      {secret ? (
        <Once
          title={t("webhooks.made")}
          text={t("webhooks.madeText")}
          secret={secret}
          onDone={() => setSecret(undefined)}
        />
      ) : (
        <MakeForm onMade={setSecret} />
      )}
      <Loaded query={endpoints}>
        {({ items }) =>
          items.length === 0 ? (
            <Section title={t("webhooks.list")}>
              <p className="small dim">{t("webhooks.none")}</p>
            </Section>
          ) : (
            items.map((endpoint) => (
              <EndpointSection key={endpoint.id} endpoint={endpoint} onSecret={setSecret} />
            ))
          )
        }
      </Loaded>
    </>
  );
}
