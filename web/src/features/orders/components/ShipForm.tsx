import { Autocomplete, Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { OrderDetail } from "@/api/types.gen";
import { useShip } from "@/features/orders/api/orders";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { confirm } from "@/shared/ui/toast";
import css from "./Inbox.module.css";

const carriers = ["DHL", "DPD", "GLS", "Hermes", "UPS", "FedEx", "Deutsche Post", "La Poste", "Royal Mail"];

/** Carrier and number; all that is open, or a part of it. */
export function ShipForm({ order }: { order: OrderDetail }) {
  const { t } = useTranslation("orders");
  const ship = useShip(order.id);
  const [carrier, setCarrier] = useState("");
  const [tracking, setTracking] = useState("");
  const [partly, setPartly] = useState(false);
  const [pieces, setPieces] = useState<Record<string, number>>({});
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [tried, setTried] = useState(false);
  const open = order.lines.filter((line) => line.left_to_ship > 0);
  const severalPieces = open.reduce((sum, line) => sum + line.left_to_ship, 0) > 1;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!carrier.trim() || !tracking.trim()) return;
    const chosen = Object.fromEntries(
      open
        .map((line) => [line.external_id, pieces[line.external_id] ?? line.left_to_ship] as const)
        .filter(([, count]) => count > 0),
    );
    const body = { carrier: carrier.trim(), tracking: tracking.trim(), lines: partly ? chosen : null };
    ship.mutate(
      { body, key },
      {
        onSuccess: () => {
          confirm(t("ship.done", { number: order.number }));
          setTracking("");
          setTried(false);
          setKey(crypto.randomUUID());
        },
      },
    );
  }

  function sendByKey(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
  }

  return (
    <form
      className={`sheet ${css.ship}`}
      onSubmit={submit}
      onKeyDown={sendByKey}
      aria-labelledby="ship"
      noValidate
    >
      <header>
        <h2 id="ship">{t("ship.title")}</h2>
      </header>
      <div className={css.shipFields}>
        <p className="small ink2">{t("ship.text")}</p>
        {ship.isError && <ProblemNote problem={ship.error} />}
        <div className={css.shipRow}>
          <Autocomplete
            label={t("ship.carrier")}
            data={carriers}
            value={carrier}
            onChange={setCarrier}
            maxLength={64}
            error={tried && !carrier.trim() ? t("ship.missing") : undefined}
          />
          <TextInput
            label={t("ship.tracking")}
            value={tracking}
            maxLength={64}
            onChange={(event) => setTracking(event.currentTarget.value)}
            error={tried && !tracking.trim() ? t("ship.missing") : undefined}
          />
        </div>
        {severalPieces && (
          <Checkbox
            label={t("ship.partly")}
            checked={partly}
            onChange={(event) => setPartly(event.currentTarget.checked)}
          />
        )}
        {partly &&
          open.map((line) => (
            <NumberInput
              key={line.external_id}
              label={t("ship.pieces", { title: line.title })}
              min={0}
              max={line.left_to_ship}
              clampBehavior="strict"
              allowDecimal={false}
              value={pieces[line.external_id] ?? line.left_to_ship}
              onChange={(value) =>
                setPieces((before) => ({ ...before, [line.external_id]: Number(value) || 0 }))
              }
            />
          ))}
        <div>
          <Button type="submit" leftSection={<IconTruckDelivery size={16} />} loading={ship.isPending}>
            {t("ship.submit")}
          </Button>
        </div>
      </div>
    </form>
  );
}
