import { Button, Tabs } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconHistory, IconRestore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PropertyOut } from "@/api/types.gen";
import {
  enquiriesOfQuery,
  propertyQuery,
  useArchive,
  useRestore,
  useUndo,
} from "@/features/properties/api/property";
import { EnquiriesTab } from "@/features/properties/components/EnquiriesTab";
import { HistoryTab } from "@/features/properties/components/HistoryTab";
import { ObjectTab } from "@/features/properties/components/ObjectTab";
import { PicturesTab } from "@/features/properties/components/PicturesTab";
import { SidePanel } from "@/features/properties/components/SidePanel";
import { TextsTab } from "@/features/properties/components/TextsTab";
import { tabs, type Tab } from "@/features/properties/tabs";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useCommands, type Command } from "@/shared/commands/commands";
import { useFieldFocus } from "@/shared/forms/useFieldFocus";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { Body } from "@/shared/layout/Body";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Property.module.css";

function TabPanel({ tab, property, field }: { tab: Tab; property: PropertyOut; field?: string }) {
  if (tab === "pictures") return <PicturesTab property={property} />;
  if (tab === "texts") return <TextsTab key={field} property={property} asked={field} />;
  if (tab === "enquiries") return <EnquiriesTab property={property} />;
  if (tab === "history") return <HistoryTab property={property} />;
  return <ObjectTab property={property} />;
}

/** One property: its form left, what an ad lacks right; on a phone that comes first. */
export function PropertyPage() {
  const { propertyId } = useParams({ strict: false }) as { propertyId: string };
  const { data: property, error, refetch } = useQuery(propertyQuery(propertyId));
  if (property) return <Inside key={property.id} property={property} />;
  if (!error) return <PageSkeleton />;
  return (
    <Body>
      <ProblemNote problem={error} onRetry={() => void refetch()} />
    </Body>
  );
}

/** What it is, how large, and who changed it last. */
function useFacts(property: PropertyOut): string {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const words = usePropertyWords();
  const actorWords = useActorWords();
  const rooms = property.rooms?.rooms;
  return [
    property.kind && words.choice("kind", property.kind),
    property.marketing && words.choice("marketing", property.marketing),
    rooms && t("rooms", { count: rooms, number: format.number(rooms) }),
    property.area && `${format.number(property.area)} m²`,
    property.price && format.money(property.price.minor, property.price.currency),
    t("changed", {
      when: format.moment(new Date(property.updated_at)),
      by: actorWords({ ...property.updated_by }),
      revision: property.revision,
    }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Inside({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: string; field?: string };
  const tab = tabs.find((known) => known === search.tab) ?? "object";
  const archive = useArchive(property.id);
  const restore = useRestore(property.id);
  const undo = useUndo(property.id);
  const may = useRights().write;
  const enquiries = useQuery(enquiriesOfQuery(property.id)).data?.total ?? 0;
  useFieldFocus(search.field, tab);
  const show = (next: Tab) =>
    void navigate({ to: `/properties/${property.id}`, search: next === "object" ? {} : { tab: next } });
  const archived = property.status === "archived";
  const undoLast = () => {
    if (property.revision > 1 && !archived)
      undo.mutate(property.revision - 1, { onSuccess: () => confirm(t("undone")) });
  };
  const changing: Command[] = [
    {
      id: "property.undo",
      group: "page",
      label: t("undo"),
      icon: IconArrowBackUp,
      keys: "mod+Z",
      run: undoLast,
    },
  ];
  useCommands([
    ...(may ? changing : []),
    {
      id: "property.history",
      group: "page",
      label: t("tab.history"),
      icon: IconHistory,
      run: () => show("history"),
    },
    {
      id: "property.back",
      group: "page",
      label: t("title"),
      keys: "Esc",
      keysOnly: true,
      run: () => void navigate({ to: "/properties" }),
    },
  ]);
  const counts: Partial<Record<Tab, number>> = { pictures: property.pictures.length, enquiries };
  const failed = archive.error ?? restore.error ?? undo.error;
  return (
    <>
      <PageHeader
        title={property.title || t("untitled", { reference: property.reference })}
        crumbs={[{ label: t("title"), to: "/properties" }]}
        badge={
          <>
            <span className={css.badge}>{property.reference}</span>
            {property.status !== "active" && (
              <span className={css.badge}>{t(`choice.status.${property.status ?? "draft"}`)}</span>
            )}
          </>
        }
        facts={useFacts(property)}
        actions={
          !may ? undefined : archived ? (
            <Button
              leftSection={<IconRestore size={16} />}
              loading={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {t("restore")}
            </Button>
          ) : (
            <>
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                loading={undo.isPending}
                disabled={property.revision < 2}
                onClick={undoLast}
              >
                {t("undo")}
              </Button>
              <Button
                variant="default"
                leftSection={<IconArchive size={16} />}
                loading={archive.isPending}
                onClick={() =>
                  archive.mutate(undefined, {
                    onSuccess: () => confirm(t("archived"), () => restore.mutate()),
                  })
                }
              >
                {t("archive")}
              </Button>
            </>
          )
        }
        tabs={
          <Tabs value={tab} onChange={(value) => show(value as Tab)}>
            <Tabs.List>
              {tabs.map((value) => (
                <Tabs.Tab key={value} value={value}>
                  {t(`tab.${value}`)}
                  {counts[value] !== undefined && counts[value] > 0 && (
                    <span className={`dim ${css.count}`}>{format.number(counts[value])}</span>
                  )}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        }
      />
      <Body className={css.guarded}>
        <MayNot right="write" />
        <fieldset className={css.grid} disabled={!may || archived}>
          <div className={css.form}>
            {failed && <ProblemNote problem={failed} />}
            <TabPanel tab={tab} property={property} field={search.field} />
          </div>
          <SidePanel property={property} />
        </fieldset>
      </Body>
    </>
  );
}
