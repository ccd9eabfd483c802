import { Button, Drawer, SegmentedControl, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PriceChange } from "@/api/types.gen";
import { parseAmount } from "@/shared/format/amount";
import { useFormat } from "@/shared/format/format";
import css from "./Listings.module.css";

interface Props {
  opened: boolean;
  count: number;
  currency: string;
  onClose: () => void;
  onApply: (price: PriceChange) => void;
}

/** One price for many, or a change in per cent. */
export function PriceDrawer({ opened, count, currency, onClose, onApply }: Props) {
  const { t } = useTranslation("listings");
  const format = useFormat();
  const [mode, setMode] = useState("percent");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);

  function read(): PriceChange | undefined {
    if (mode === "percent") {
      const percent = text.trim().replace(",", ".").replace("−", "-");
      return /^[+-]?\d{1,3}(\.\d{1,4})?$/.test(percent) ? { percent } : undefined;
    }
    const minor = parseAmount(text, currency, format);
    const decimals = format.decimals(currency);
    if (minor === undefined || minor < 0) return undefined;
    return { set: { amount: (minor / 10 ** decimals).toFixed(decimals), currency } };
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    const price = read();
    if (price) onApply(price);
  }
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={
        <span className={css.drawerTitle}>{t("price.title", { count, number: format.number(count) })}</span>
      }
      closeButtonProps={{ "aria-label": t("close", { ns: "shared" }) }}
    >
      <form onSubmit={submit} className={css.price} noValidate>
        <p className="ink2">{t("price.text")}</p>
        <SegmentedControl
          aria-label={t("price.mode")}
          value={mode}
          onChange={setMode}
          data={[
            { value: "percent", label: t("price.percent") },
            { value: "set", label: t("price.set") },
          ]}
        />
        <TextInput
          data-autofocus
          label={mode === "percent" ? t("price.by") : t("price.to")}
          description={mode === "percent" ? t("price.byHelp") : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="decimal"
          value={text}
          rightSectionWidth={48}
          rightSection={<span className="dim small">{mode === "percent" ? "%" : currency}</span>}
          error={tried && !read() ? t("price.unread") : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={css.drawerActions}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel", { ns: "shared" })}
          </Button>
          <Button type="submit">{t("price.apply", { count, number: format.number(count) })}</Button>
        </div>
      </form>
    </Drawer>
  );
}
