import { useSyncExternalStore } from "react";
import { lendProof } from "@/shared/http/http";

/** Whoever waits for the person's proof; many calls at once wait for the same. */
let waiting: { promise: Promise<boolean>; settle: (proven: boolean) => void } | undefined;
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

function ask(): Promise<boolean> {
  if (!waiting) {
    let settle: (proven: boolean) => void = () => undefined;
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    waiting = { promise, settle };
    tell();
  }
  return waiting.promise;
}

/** The dialog has its answer: the calls that waited go on, or are refused. */
export function settleProof(proven: boolean): void {
  waiting?.settle(proven);
  waiting = undefined;
  tell();
}

/** Whether the person is being asked to prove that it is they. */
export const useProofAsked = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== undefined,
  );

lendProof(ask);
