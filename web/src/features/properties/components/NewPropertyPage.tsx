import { Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCreateProperty } from "@/features/properties/api/property";
import { kinds, marketings } from "@/features/properties/choices";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { Body } from "@/shared/layout/Body";
import { usePreferences } from "@/shared/preferences/preferences";
import { asProblem } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { PageHeader } from "@/shared/ui/PageHeader";
import css from "./Property.module.css";

/** The least that makes a property; everything else is entered on its own page. */
export function NewPropertyPage() {
  const { t } = useTranslation("properties");
  const navigate = useNavigate();
  const words = usePropertyWords();
  const problemWords = useProblemWords();
  const { language } = usePreferences();
  const create = useCreateProperty();
  const [reference, setReference] = useState("");
  const [kind, setKind] = useState<string | null>("flat");
  const [marketing, setMarketing] = useState<string | null>("rent");
  const [city, setCity] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const problem = create.error ? asProblem(create.error) : undefined;
  const isTaken = problem?.code.startsWith("properties.reference") ?? false;

  function submit(event: FormEvent) {
    event.preventDefault();
    const body = {
      reference: reference.trim(),
      language,
      kind: kinds.find((one) => one === kind),
      marketing: marketings.find((one) => one === marketing),
      address: { city: city.trim() },
    };
    create.mutate(
      { body, key },
      {
        onSuccess: ({ id }) => void navigate({ to: `/properties/${id}` }),
        onError: () => setKey(crypto.randomUUID()),
      },
    );
  }

  return (
    <>
      <PageHeader
        title={t("new")}
        crumbs={[{ label: t("title"), to: "/properties" }]}
        facts={t("create.text")}
      />
      <Body>
        <form onSubmit={submit} className={css.form} style={{ maxWidth: 720 }} noValidate>
          {problem && !isTaken && <ProblemNote problem={problem} />}
          <section className="sheet" aria-label={t("section.basics")}>
            <div className={`${css.fields} ${css.two}`}>
              <TextInput
                autoFocus
                label={words.field("reference")}
                description={t("create.reference")}
                inputWrapperOrder={["label", "input", "description", "error"]}
                maxLength={100}
                value={reference}
                error={isTaken && problem ? problemWords(problem).title : undefined}
                onChange={(event) => setReference(event.currentTarget.value)}
              />
              <TextInput
                label={words.field("address.city")}
                maxLength={500}
                value={city}
                onChange={(event) => setCity(event.currentTarget.value)}
              />
              <Select
                label={words.field("kind")}
                allowDeselect={false}
                value={kind}
                onChange={setKind}
                data={kinds.map((value) => ({ value, label: words.choice("kind", value) }))}
              />
              <Select
                label={words.field("marketing")}
                allowDeselect={false}
                value={marketing}
                onChange={setMarketing}
                data={marketings.map((value) => ({ value, label: words.choice("marketing", value) }))}
              />
            </div>
          </section>
          <div className="row">
            <Button type="submit" loading={create.isPending} disabled={!reference.trim()}>
              {t("create.submit")}
            </Button>
          </div>
        </form>
      </Body>
    </>
  );
}
