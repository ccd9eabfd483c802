import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import { lists } from "@/features/properties/choices";
import type { Field } from "@/features/properties/fields";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { readText, textOf, valueAt } from "@/features/properties/values";
import { SavedSelect, SavedSeveral, SavedText, SavedTextarea } from "@/shared/forms/SavedField";
import { useFormat } from "@/shared/format/format";
import type { ProblemDetail } from "@/shared/problems/problem";
import { FieldDiffers } from "@/shared/problems/FieldProblem";
import { useProblemWords } from "@/shared/problems/words";
import css from "./Property.module.css";

interface Props {
  field: Field;
  property: PropertyOut;
  onSave: (path: string, value: unknown) => Promise<unknown>;
}

/** Keeps what can't be read in the field, and says so. */
class Unread extends Error {}

const longest = { line: 500, text: 50_000 };
const needed = ["reference", "kind", "marketing", "status", "language", "address.release", "address.country"];

function currencySign(currency: string, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency }).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** One field of a property by its kind; errors stand at it in plum, advice in amber. */
export function PropertyField({ field, property, onSave }: Props) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const words = usePropertyWords();
  const problemWords = useProblemWords();
  const [isUnread, setUnread] = useState(false);
  const { path, kind, list } = field;
  const value = valueAt(property, path);
  const mine = property.problems.filter((problem) => problem.field === path);
  const unread: ProblemDetail = {
    code: "client.unread",
    message: t(`unread.${kind === "year" ? "year" : "number"}`),
  };
  const advice = mine.filter((problem) => problem.severity === "warning");
  const common = {
    field: path,
    label: words.field(path),
    problems: isUnread ? [unread] : mine.filter((problem) => problem.severity !== "warning"),
    description:
      advice.length > 0
        ? advice.map((problem) => (
            <FieldDiffers key={problem.code}>{problemWords(problem).title}</FieldDiffers>
          ))
        : undefined,
  };
  const save = (text: string) => {
    const read = readText(field, text, format);
    setUnread(read === undefined);
    return read === undefined ? Promise.reject(new Unread()) : onSave(path, read);
  };
  if (kind === "several" && list) {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    const data = [...new Set([...lists[list], ...chosen])];
    return (
      <SavedSeveral
        {...common}
        value={chosen}
        data={data.map((one) => ({ value: one, label: words.choice(list, one) }))}
        onSave={(next) => onSave(path, next)}
      />
    );
  }
  if (kind === "choice" || kind === "answer") {
    const now = textOf(field, value, format);
    const known: readonly string[] = kind === "answer" ? ["yes", "no"] : list ? lists[list] : [];
    const label = (one: string) =>
      kind === "answer"
        ? t(one === "yes" ? "answer.yes" : "answer.no")
        : list
          ? words.choice(list, one)
          : one;
    return (
      <SavedSelect
        {...common}
        value={now}
        clearable={!needed.includes(path)}
        data={[...new Set([...known, ...(now ? [now] : [])])].map((one) => ({
          value: one,
          label: label(one),
        }))}
        onSave={save}
      />
    );
  }
  if (kind === "text") {
    return (
      <div className={css.wide}>
        <SavedTextarea
          {...common}
          value={textOf(field, value, format)}
          maxLength={longest.text}
          onSave={save}
        />
      </div>
    );
  }
  const unit =
    kind === "amount" ? currencySign(property.prices?.currency ?? "EUR", format.locale) : field.unit;
  return (
    <SavedText
      {...common}
      unit={unit}
      type={kind === "date" ? "date" : undefined}
      inputMode={kind === "line" || kind === "date" ? undefined : "decimal"}
      maxLength={kind === "line" ? longest.line : undefined}
      value={textOf(field, value, format)}
      onSave={save}
    />
  );
}
