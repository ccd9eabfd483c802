import type { SecondFactorAnswer } from "@/shared/auth/session";
import { asProblem } from "@/shared/problems/problem";

export type Method = SecondFactorAnswer["method"];

/** What the server asks for after the password. */
export interface Demand {
  challenge: string;
  methods: Method[];
  passkey_options?: unknown;
}

const asking = ["login.second_factor", "proof.second_factor"];
const over = ["challenge.over", "proof.over"];

/** The demand for a second factor in what was thrown; nothing where something else went wrong. */
export function demandOf(thrown: unknown): Demand | undefined {
  const { code, params } = asProblem(thrown);
  return asking.includes(code) ? (params as unknown as Demand) : undefined;
}

/** The challenge is used up: only the password leads to a new one. */
export const isOver = (thrown: unknown): boolean => over.includes(asProblem(thrown).code);
