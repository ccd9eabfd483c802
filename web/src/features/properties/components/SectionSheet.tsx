import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import { useSaveProperty } from "@/features/properties/api/property";
import { ConflictNote } from "@/features/properties/components/ConflictNote";
import { EnergyScale } from "@/features/properties/components/EnergyScale";
import { PropertyField } from "@/features/properties/components/PropertyField";
import type { Field, SectionPlan } from "@/features/properties/fields";
import { patchAt, valueAt } from "@/features/properties/values";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import css from "./Property.module.css";

const isFilled = (value: unknown) =>
  value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** One section: the fields that a property of this kind needs, and the rest with a press. */
export function SectionSheet({ section, property }: { section: SectionPlan; property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const save = useSaveProperty(property.id);
  const note = useSavedNote(save);
  const [all, setAll] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [settled, setSettled] = useState(0);
  const stands = (field: Field) =>
    all ||
    field.first?.(property) ||
    touched.has(field.path) ||
    isFilled(valueAt(property, field.path)) ||
    property.problems.some((problem) => problem.field === field.path);
  const shown = section.fields.filter(stands);
  const hidden = section.fields.length - shown.length;
  const keep = (path: string, value: unknown) => {
    setTouched((before) => new Set(before).add(path)); // what is emptied doesn't vanish under the hand
    return save.mutateAsync(patchAt(path, value));
  };
  const settle = () => setSettled((times) => times + 1);
  const title = t(`section.${section.id}` as "section.basics");
  return (
    <>
      <ConflictNote
        error={save.error}
        propertyId={property.id}
        mine={save.variables}
        onInsist={() => save.variables && save.mutate(save.variables, { onSuccess: settle })}
        onGiveIn={() => {
          save.reset();
          settle();
        }}
      />
      <section className="sheet" aria-labelledby={`section-${section.id}`}>
        <header>
          <h2 id={`section-${section.id}`}>{title}</h2>
          {note && <span className="dim caption end">{note}</span>}
          {hidden > 0 && (
            <Button
              className={note ? undefined : "end"}
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              aria-label={t("moreOf", { more: t("moreFields", { count: hidden }), section: title })}
              onClick={() => setAll(true)}
            >
              {t("moreFields", { count: hidden })}
            </Button>
          )}
        </header>
        <div className={css.fields} key={settled}>
          {shown.map((field) => (
            <PropertyField key={field.path} field={field} property={property} onSave={keep} />
          ))}
          {section.id === "energy" && <EnergyScale property={property} onSave={keep} />}
        </div>
      </section>
    </>
  );
}
