import { Button, Popover, TextInput } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { VariantChange } from "@/features/listings/matrix/cells";
import { byPercent, type MatrixVariant } from "@/features/listings/matrix/sheet";

interface Props {
  picked: MatrixVariant[];
  /** Where they stand, in words of the axes. */
  where: string;
  bases: Map<string, number | undefined>;
  onChange: (changes: VariantChange[]) => void;
  /** Takes the last change of prices back; absent while there is none. */
  onUndo?: () => void;
}

function Percent({ picked, onChange }: Pick<Props, "picked" | "onChange">) {
  const { t } = useTranslation("listings");
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const percent = /^[+\-−]?\d{1,3}([.,]\d{1,2})?$/.test(text.trim())
    ? Number(text.trim().replace(",", ".").replace("−", "-"))
    : undefined;
  function apply(event: FormEvent) {
    event.preventDefault();
    if (percent === undefined) return;
    onChange(
      byPercent(picked, percent).map(({ id, priceMinor }) => ({ id, field: "price", value: priceMinor })),
    );
    setOpened(false);
    setText("");
  }
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="top-end" shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened((before) => !before)}>
          {t("matrix.byPercent")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={apply} className="row" style={{ alignItems: "flex-end" }}>
          <TextInput
            size="xs"
            w={140}
            label={t("matrix.percent")}
            placeholder={t("price.byHelp")}
            inputMode="decimal"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" disabled={percent === undefined}>
            {t("matrix.apply")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What can be done with the prices that are picked. */
export function MatrixBar({ picked, where, bases, onChange, onUndo }: Props) {
  const { t } = useTranslation("listings");
  const own = picked.filter(({ id, priceMinor }) => bases.get(id) !== priceMinor);
  const words = [where, own.length > 0 && t("matrix.own", { count: own.length })];
  const toBase = () =>
    onChange(
      own.flatMap(({ id }) => {
        const value = bases.get(id);
        return value === undefined ? [] : [{ id, field: "price" as const, value }];
      }),
    );
  return (
    <>
      <span className="small" aria-live="polite">
        <b className="medium">{t("matrix.picked", { count: picked.length })}</b>{" "}
        {words.filter(Boolean).join(", ")}
      </span>
      <span className="row end wrap">
        <Percent picked={picked} onChange={onChange} />
        {own.length > 0 && (
          <Button size="xs" variant="default" onClick={toBase}>
            {t("matrix.toBase")}
          </Button>
        )}
        {onUndo && (
          <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={onUndo}>
            {t("action.undo", { ns: "shared" })}
          </Button>
        )}
      </span>
    </>
  );
}
