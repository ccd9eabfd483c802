import { useNow } from "@/shared/format/clock";

/** After three times the channel's freshness, what was proven is no longer shown as proven. */
const proofLasts = 3;
const provenStates = ["live", "callable", "expiring"];

export function withAge(
  state: string,
  provedAt: string | null | undefined,
  freshForSeconds: number,
  now: number,
): string {
  if (!provenStates.includes(state)) return state;
  const age = provedAt ? (now - new Date(provedAt).getTime()) / 1000 : Infinity;
  return age > freshForSeconds * proofLasts ? "stale" : state;
}

/** Turns a proven state into "proof is old" when it is. */
export function useWithAge(): (
  state: string,
  provedAt: string | null | undefined,
  freshForSeconds: number,
) => string {
  const now = useNow();
  return (state, provedAt, freshForSeconds) => withAge(state, provedAt, freshForSeconds, now);
}
