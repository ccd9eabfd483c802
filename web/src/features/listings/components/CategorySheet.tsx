import { Button, TextInput } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CategoryChoice, ProductOut } from "@/api/types.gen";
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
  channel: string;
  choice: CategoryChoice | undefined;
  onSave: Props["onSave"];
}

/** What a marketplace files the product under: suggested by the channel, or set by its number. */
function Row({ marketplace, channel, choice, onSave }: RowProps) {
  const { t } = useTranslation("listings");
  const [id, setId] = useState<string>();
  const keep = () => {
    const wanted = id?.trim();
    if (wanted && wanted !== choice?.id)
      void onSave({ [marketplace]: { id: wanted, by: "person" } }).then(() => setId(undefined));
    else setId(undefined);
  };
  const by = choice?.by === "person" ? t("category.byPerson") : t("category.suggested");
  return (
    <li className={css.category}>
      <Mark channel={channel} size={28} />
      <div className="grow">
        <p className="medium">{choice ? choice.name || choice.id : t("category.none")}</p>
        <p className={css.path}>
          {[marketplaceOf(marketplace), ...(choice?.path ?? []), choice && by].filter(Boolean).join(" · ")}
        </p>
      </div>
      <TextInput
        size="xs"
        w={110}
        aria-label={t("category.number", { marketplace: marketplaceOf(marketplace) })}
        placeholder={t("category.numberShort")}
        value={id ?? choice?.id ?? ""}
        maxLength={32}
        onChange={(event) => setId(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => void onSave({ [marketplace]: null })}
      >
        {t("category.suggest")}
      </Button>
    </li>
  );
}

export function CategorySheet({ product, onSave }: Props) {
  const { t } = useTranslation("listings");
  const { data: connections } = useQuery(connectionsQuery);
  const markets = new Map((connections ?? []).map((one) => [one.marketplace.id, one.channel]));
  for (const marketplace of Object.keys(product.category)) {
    if (!markets.has(marketplace)) markets.set(marketplace, marketplace.split("_")[0]?.toLowerCase() ?? "");
  }
  return (
    <section className="sheet" aria-labelledby="categories">
      <header>
        <h2 id="categories">{t("category.title")}</h2>
      </header>
      {markets.size === 0 ? (
        <p className={css.note}>{t("category.noChannel")}</p>
      ) : (
        <ul className={css.where}>
          {[...markets].map(([marketplace, channel]) => (
            <Row
              key={marketplace}
              marketplace={marketplace}
              channel={channel}
              choice={product.category[marketplace]}
              onSave={onSave}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
