import { Button, Tabs } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconHistory, IconRestore, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ProductOut } from "@/api/types.gen";
import {
  productQuery,
  useArchive,
  useRestore,
  useSaveProduct,
  useUndo,
} from "@/features/listings/api/product";
import { AspectSheet } from "@/features/listings/components/AspectSheet";
import { ChannelPanel } from "@/features/listings/components/ChannelPanel";
import { HistoryTab } from "@/features/listings/components/HistoryTab";
import { PicturesTab } from "@/features/listings/components/PicturesTab";
import { ProductTab } from "@/features/listings/components/ProductTab";
import { TextsTab } from "@/features/listings/components/TextsTab";
import { VariantsTab } from "@/features/listings/components/VariantsTab";
import { useFieldFocus } from "@/shared/forms/useFieldFocus";
import { setBasket } from "@/shared/basket/basket";
import { MayNot } from "@/shared/auth/MayNot";
import { useRights } from "@/shared/auth/rights";
import { useCommands, type Command } from "@/shared/commands/commands";
import { useFormat } from "@/shared/format/format";
import { useActorWords } from "@/shared/jobs/useJobWords";
import { Body } from "@/shared/layout/Body";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { PageHeader } from "@/shared/ui/PageHeader";
import { PageSkeleton } from "@/shared/ui/Skeletons";
import { confirm } from "@/shared/ui/toast";
import css from "./Product.module.css";

const tabs = ["product", "variants", "pictures", "texts", "history"] as const;
type Tab = (typeof tabs)[number];

function TabPanel({ tab, product }: { tab: Tab; product: ProductOut }) {
  if (tab === "variants") return <VariantsTab product={product} />;
  if (tab === "pictures") return <PicturesTab product={product} />;
  if (tab === "texts") return <TextsTab product={product} />;
  if (tab === "history") return <HistoryTab product={product} />;
  return <ProductTab product={product} />;
}

/** One product: its form left, what the channels say right; on a phone the channels come first. */
export function ProductPage() {
  const { listingId } = useParams({ strict: false }) as { listingId: string };
  const { data: product, error, refetch } = useQuery(productQuery(listingId));
  if (product) return <Inside product={product} />;
  if (!error) return <PageSkeleton />;
  return (
    <Body>
      <ProblemNote problem={error} onRetry={() => void refetch()} />
    </Body>
  );
}

function Inside({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const actorWords = useActorWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: string; field?: string };
  const tab = tabs.find((known) => known === search.tab) ?? "product";
  const archive = useArchive(product.id);
  const restore = useRestore(product.id);
  const undo = useUndo(product.id);
  const may = useRights().write;
  const aspects = useSaveProduct(product.id);
  useFieldFocus(search.field, tab);
  const show = (next: Tab) =>
    void navigate({ to: `/listings/${product.id}`, search: next === "product" ? {} : { tab: next } });
  const publish = () => {
    const thumb = product.pictures.find((picture) => picture.media)?.media?.small ?? null;
    const { id, reference, brand_name: brand } = product;
    setBasket([{ id, title: product.headline || reference, reference, thumb, brand }]);
    void navigate({ to: "/publish", search: { picked: "1" } });
  };
  const undoLast = () => {
    if (product.revision > 1)
      undo.mutate(product.revision - 1, { onSuccess: () => confirm(t("product.undone")) });
  };
  const archived = product.status === "archived";
  const changing: Command[] = [
    {
      id: "product.publish",
      group: "page",
      label: t("bulk.publish"),
      icon: IconSend,
      keys: "P",
      run: publish,
    },
    {
      id: "product.undo",
      group: "page",
      label: t("product.undo"),
      icon: IconArrowBackUp,
      keys: "mod+Z",
      run: undoLast,
    },
  ];
  useCommands([
    ...(may ? changing : []),
    {
      id: "product.history",
      group: "page",
      label: t("tab.history"),
      icon: IconHistory,
      run: () => show("history"),
    },
    {
      id: "product.back",
      group: "page",
      label: t("title"),
      keys: "Esc",
      keysOnly: true,
      run: () => void navigate({ to: "/listings" }),
    },
  ]);
  const counts: Partial<Record<Tab, number>> = {
    variants: product.variants.length,
    pictures: product.pictures.length,
  };
  const failed = archive.error ?? restore.error ?? undo.error;
  return (
    <>
      <PageHeader
        title={product.headline || product.reference}
        crumbs={[{ label: t("title"), to: "/listings" }]}
        badge={
          <>
            <span className={css.ref}>{product.reference}</span>
            {product.status !== "active" && <span className={css.ref}>{t(`status.${product.status}`)}</span>}
          </>
        }
        facts={[
          t("variants", { count: product.variants.length }),
          t("product.stock", { count: product.stock, number: format.number(product.stock) }),
          t("product.changed", {
            when: format.moment(new Date(product.updated_at)),
            by: actorWords({ ...product.updated_by }),
            revision: product.revision,
          }),
        ].join(" · ")}
        actions={
          !may ? undefined : archived ? (
            <Button
              leftSection={<IconRestore size={16} />}
              loading={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {t("bulk.restore")}
            </Button>
          ) : (
            <>
              <Button
                variant="default"
                leftSection={<IconArchive size={16} />}
                loading={archive.isPending}
                onClick={() =>
                  archive.mutate(undefined, {
                    onSuccess: () => confirm(t("product.archived"), () => restore.mutate()),
                  })
                }
              >
                {t("bulk.archive")}
              </Button>
              <Button leftSection={<IconSend size={16} />} onClick={publish}>
                {t("bulk.publish")}
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
                  {counts[value] !== undefined && (
                    <span className={`dim ${css.count}`}>{format.number(counts[value])}</span>
                  )}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        }
      />
      <Body className={css.guardedBody}>
        <MayNot right="write" />
        <fieldset className={css.grid} disabled={!may}>
          <div className={css.form}>
            {failed && <ProblemNote problem={failed} />}
            <TabPanel tab={tab} product={product} />
          </div>
          <ChannelPanel product={product} />
          {tab === "variants" && (
            <div className={css.beside}>
              {aspects.isError && <ProblemNote problem={aspects.error} />}
              <AspectSheet product={product} narrow onSave={(own) => aspects.mutateAsync({ aspects: own })} />
            </div>
          )}
        </fieldset>
      </Body>
    </>
  );
}
