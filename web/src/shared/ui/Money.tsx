import { useFormat } from "@/shared/format/format";

/** A sum in minor units, with its currency; a missing sum is a dash. */
export function Money({ minor, currency }: { minor: number | null | undefined; currency: string }) {
  const format = useFormat();
  if (minor === null || minor === undefined) return <span className="dim">–</span>;
  return <span className="nowrap">{format.money(minor, currency)}</span>;
}
