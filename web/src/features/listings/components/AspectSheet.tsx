import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconChevronDown, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductOut } from "@/api/types.gen";
import type { AspectField } from "@/features/listings/aspects";
import { useAspectFields } from "@/features/listings/useAsked";
import { useProductProblems, type ProductProblems } from "@/features/listings/useProductProblems";
import { useFormat } from "@/shared/format/format";
import { SavedSuggest } from "@/shared/forms/SavedField";
import type { ProblemDetail } from "@/shared/problems/problem";
import css from "./Product.module.css";

interface Props {
  product: ProductOut;
  onSave: (aspects: Record<string, string[]>) => Promise<unknown>;
  /** Beside the form there is one column. */
  narrow?: true;
}

/** `Leinen; Baumwolle` are two values. */
const read = (text: string) =>
  text
    .split(";")
    .map((value) => value.trim())
    .filter(Boolean);

function allowed(problems: ProblemDetail[]): string[] {
  const lists = problems.map((problem) => problem.params?.values ?? problem.params?.allowed);
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
}

/** Who asks for it, and what stands in where the product itself says nothing. */
function useHint(): (field: AspectField) => string {
  const { t } = useTranslation("listings");
  const format = useFormat();
  return ({ requiredBy, knownTo, requiredFrom, stand }) => {
    const who = requiredBy.length > 0 ? requiredBy : knownTo;
    const names = { names: who.join(", "), count: who.length };
    const asked =
      requiredBy.length > 0
        ? t("aspects.required", names)
        : requiredFrom
          ? t("aspects.requiredFrom", { ...names, date: format.date(new Date(requiredFrom)) })
          : who.length > 0 && t("aspects.known", names);
    return [asked, stand && t(`aspects.from.${stand.origin}`)].filter(Boolean).join(" · ");
  };
}

/** Attributes as the channels want them; one that a channel misses stands here open. */
export function AspectSheet({ product, onSave, narrow }: Props) {
  const { t } = useTranslation("listings");
  const problems = useProductProblems(product);
  const fields = useAspectFields(product);
  const hint = useHint();
  const [name, setName] = useState("");
  const [added, setAdded] = useState<string[]>([]);
  const [all, setAll] = useState(false);
  const bare = (aspect: string): AspectField => ({
    name: aspect,
    values: [],
    requiredBy: [],
    knownTo: [],
    choices: [],
  });
  const missing = problemsOfAspects(problems);
  const named = [...missing, ...added].filter((aspect) => !fields.some((field) => field.name === aspect));
  const isOpen = ({ name: aspect, values, requiredBy, stand }: AspectField) =>
    all ||
    values.length > 0 ||
    requiredBy.length > 0 ||
    stand !== undefined ||
    missing.includes(aspect) ||
    added.includes(aspect);
  // On the form itself the brand and the options have fields of their own.
  const mine = narrow ? fields : fields.filter((field) => field.stand?.origin !== "other");
  const shown = [...mine.filter(isOpen), ...[...new Set(named)].map(bare)];
  const rest = mine.length - mine.filter(isOpen).length;
  const change = (aspect: string, values: string[]) => {
    const others = Object.entries(product.aspects).filter(([known]) => known !== aspect);
    return onSave(Object.fromEntries(values.length > 0 ? [...others, [aspect, values]] : others));
  };
  const add = () => {
    if (name.trim()) setAdded((before) => [...before, name.trim()]);
    setName("");
  };
  return (
    <section className="sheet" aria-labelledby="aspects">
      <header>
        <h2 id="aspects">{t("aspects.title")}</h2>
        {!narrow && <span className="dim caption end desktop">{t("aspects.several")}</span>}
      </header>
      <div className={narrow ? css.aspects : css.fields}>
        {shown.map((field) => (
          <Row
            key={field.name}
            field={field}
            hint={hint(field)}
            problems={problems.at(`aspect:${field.name}`)}
            onChange={(values) => change(field.name, values)}
          />
        ))}
        <div className={css.aspect}>
          <TextInput
            label={t("aspects.add")}
            value={name}
            maxLength={40}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && add()}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            disabled={!name.trim()}
            onClick={add}
          >
            {t("aspects.addButton")}
          </Button>
        </div>
      </div>
      {(rest > 0 || all) && (
        <footer>
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={all}
            leftSection={<IconChevronDown size={14} aria-hidden />}
            onClick={() => setAll((before) => !before)}
          >
            {all ? t("aspects.fewer") : t("aspects.further", { count: rest })}
          </Button>
        </footer>
      )}
    </section>
  );
}

interface RowProps {
  field: AspectField;
  hint: string;
  problems: ProblemDetail[];
  onChange: (values: string[]) => Promise<unknown>;
}

function Row({ field, hint, problems, onChange }: RowProps) {
  const { t } = useTranslation("listings");
  const { name, values, stand } = field;
  const given = { field: `aspect:${name}`, label: name, description: hint, problems };
  if (stand?.origin === "other") {
    const value = stand.values.join("; ") || t("aspects.varies");
    return (
      <TextInput
        readOnly
        className={css.given}
        label={name}
        description={hint}
        inputWrapperOrder={["label", "input", "description"]}
        value={value}
      />
    );
  }
  return (
    <div className={css.aspect}>
      <SavedSuggest
        {...given}
        value={(values.length > 0 ? values : (stand?.values ?? [])).join("; ")}
        data={[...new Set([...allowed(problems), ...field.choices])]}
        onSave={(text) => onChange(read(text))}
      />
      {values.length > 0 && (
        <ActionIcon
          className={css.remove}
          variant="subtle"
          size={34}
          c="var(--k-ink-2)"
          aria-label={t("aspects.remove", { name })}
          onClick={() => void onChange([])}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

/** Attributes that a channel misses or does not accept. */
const problemsOfAspects = (problems: ProductProblems): string[] =>
  problems.all
    .map((problem) => /^aspect:(.+)$/.exec(problem.field ?? "")?.[1])
    .filter((aspect) => aspect !== undefined);
