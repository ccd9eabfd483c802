import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductOut } from "@/api/types.gen";
import type { ProblemDetail } from "@/shared/problems/problem";
import { useProductProblems, type ProductProblems } from "@/features/listings/useProductProblems";
import { SavedSuggest } from "@/shared/forms/SavedField";
import css from "./Product.module.css";

interface Props {
  product: ProductOut;
  onSave: (aspects: Record<string, string[]>) => Promise<unknown>;
}

/** `Leinen; Baumwolle` are two values. */
const read = (text: string) =>
  text
    .split(";")
    .map((value) => value.trim())
    .filter(Boolean);

function choices(problems: ProblemDetail[]): string[] {
  const lists = problems.map((problem) => problem.params?.values ?? problem.params?.allowed);
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
}

/** Attributes as the channels want them; one that a channel misses stands here open. */
export function AspectSheet({ product, onSave }: Props) {
  const { t } = useTranslation("listings");
  const problems = useProductProblems(product);
  const [name, setName] = useState("");
  const [added, setAdded] = useState<string[]>([]);
  const missing = problemsOfAspects(product, problems);
  const names = [...new Set([...Object.keys(product.aspects), ...missing, ...added])];
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
        <span className="dim caption end desktop">{t("aspects.several")}</span>
      </header>
      <div className={css.fields}>
        {names.map((aspect) => {
          const found = problems.at(`aspect:${aspect}`);
          return (
            <div key={aspect} className={css.aspect}>
              <SavedSuggest
                field={`aspect:${aspect}`}
                label={aspect}
                value={(product.aspects[aspect] ?? []).join("; ")}
                data={choices(found)}
                problems={found}
                onSave={(text) => change(aspect, read(text))}
              />
              {product.aspects[aspect] && (
                <ActionIcon
                  variant="subtle"
                  size={34}
                  c="var(--k-ink-2)"
                  aria-label={t("aspects.remove", { name: aspect })}
                  onClick={() => void change(aspect, [])}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </div>
          );
        })}
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
    </section>
  );
}

/** Attributes that a channel asks for and the product has not; the brand has a field of its own. */
function problemsOfAspects(product: ProductOut, problems: ProductProblems): string[] {
  const known = new Set(Object.keys(product.aspects));
  return problems.all
    .map((problem) => /^aspect:(.+)$/.exec(problem.field ?? "")?.[1])
    .filter((aspect): aspect is string => aspect !== undefined && !known.has(aspect));
}
