import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import { SectionSheet } from "@/features/properties/components/SectionSheet";
import { sections, shows } from "@/features/properties/fields";
import { To } from "@/shared/ui/To";
import css from "./Property.module.css";

const inStrip = 3;

/** The first pictures, as an ad would begin. */
function Strip({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const stored = property.pictures.flatMap(({ id, media, title }) => (media ? [{ id, media, title }] : []));
  const rest = property.pictures.length - inStrip;
  if (stored.length === 0) return null;
  return (
    <To
      className={css.strip}
      to={`/properties/${property.id}`}
      search={{ tab: "pictures" }}
      aria-label={t("pictures.all", { count: property.pictures.length })}
    >
      {stored.slice(0, inStrip).map(({ id, media }, at) => (
        <span key={id}>
          <img src={media.thumb} alt="" />
          {at === inStrip - 1 && rest > 0 && <span className={css.rest}>+ {rest}</span>}
        </span>
      ))}
    </To>
  );
}

/** What an import did not understand: kept as it came, to be entered where it belongs. */
function NotUnderstood({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const entries = Object.entries(property.unknown ?? {});
  if (entries.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="unknown">
      <header>
        <h2 id="unknown">{t("unknown.title", { count: entries.length })}</h2>
      </header>
      <div className={css.inside}>
        <p className="small ink2">{t("unknown.text")}</p>
        <dl className={`facts ${css.unknown}`}>
          {entries.map(([where, value]) => (
            <div key={where} style={{ display: "contents" }}>
              <dt>{where}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

/** The property itself, section by section. */
export function ObjectTab({ property }: { property: PropertyOut }) {
  return (
    <>
      <Strip property={property} />
      {sections
        .filter((section) => shows(section, property))
        .map((section) => (
          <SectionSheet key={section.id} section={section} property={property} />
        ))}
      <NotUnderstood property={property} />
    </>
  );
}
