import { Button } from "@mantine/core";
import { IconRefresh, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CategoryChoice, CategoryOut, ConnectionOut, ProductOut } from "@/api/types.gen";
import { CategorySearch } from "@/features/listings/components/CategorySearch";
import { connectionsQuery } from "@/shared/connections/connections";
import { marketplaceOf } from "@/shared/states/channels";
import { Mark } from "@/shared/states/Mark";
import css from "./Product.module.css";

interface Props {
  product: ProductOut;
  onSave: (category: Record<string, CategoryChoice | null>) => Promise<unknown>;
}

interface RowProps {
  marketplace: string;
  /** The account that can be asked for categories; absent where the marketplace is no longer connected. */
  connection: ConnectionOut | undefined;
  choice: CategoryChoice | undefined;
  onSave: Props["onSave"];
}

/** What a marketplace files the product under: suggested by the channel, or picked by a person. */
function Row({ marketplace, connection, choice, onSave }: RowProps) {
  const { t } = useTranslation("listings");
  const [searching, setSearching] = useState(false);
  const pick = ({ category_id: id, name, path }: CategoryOut) =>
    void onSave({ [marketplace]: { id, name, path, by: "person" } }).then(() => setSearching(false));
  const by = choice?.by === "person" ? t("category.byPerson") : t("category.suggested");
  const place = marketplaceOf(marketplace);
  return (
    <li className={css.categoryRow} data-field={connection ? `category:${marketplace}` : undefined}>
      <div className={css.category}>
        <Mark channel={connection?.channel ?? marketplace.split("_")[0]?.toLowerCase() ?? ""} size={28} />
        <div className="grow">
          <p className="medium">{choice ? choice.name || choice.id : t("category.none")}</p>
          <p className={css.path}>
            {[place, choice?.path?.join(" › "), choice && by].filter(Boolean).join(" · ")}
          </p>
        </div>
        {choice?.by === "person" && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconRefresh size={14} />}
            onClick={() => void onSave({ [marketplace]: null })}
          >
            {t("category.suggest")}
          </Button>
        )}
        {connection && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSearch size={14} />}
            aria-expanded={searching}
            onClick={() => setSearching((before) => !before)}
          >
            {t(choice ? "category.other" : "category.choose")}
          </Button>
        )}
      </div>
      {searching && connection && (
        <CategorySearch connectionId={connection.id} place={place} chosen={choice?.id} onPick={pick} />
      )}
    </li>
  );
}

export function CategorySheet({ product, onSave }: Props) {
  const { t } = useTranslation("listings");
  const { data: connections } = useQuery(connectionsQuery);
  const open = (connections ?? []).filter((one) => one.state !== "disconnected");
  const markets = [...new Set([...open.map((one) => one.marketplace.id), ...Object.keys(product.category)])];
  return (
    <section className="sheet" aria-labelledby="categories">
      <header>
        <h2 id="categories">{t("category.title")}</h2>
      </header>
      {markets.length === 0 ? (
        <p className={css.note}>{t("category.noChannel")}</p>
      ) : (
        <ul className={css.categories}>
          {markets.map((marketplace) => (
            <Row
              key={marketplace}
              marketplace={marketplace}
              connection={open.find((one) => one.marketplace.id === marketplace)}
              choice={product.category[marketplace]}
              onSave={onSave}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
