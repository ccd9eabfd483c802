import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Legend } from "@/features/publishing/components/Legend";
import type { Grid } from "@/features/publishing/useGrid";

const legendOf = (states: (string | undefined)[]) => {
  const rows = states.map((_, at) => ({ id: String(at) })) as Grid["rows"];
  const cellAt = (id: string) => {
    const state = states[Number(id)];
    return state ? { state, problems: [], sendable: false } : undefined;
  };
  const grid = { connections: [{ id: "c" }], cellAt } as unknown as Grid;
  render(<Legend grid={grid} rows={rows} />);
  return screen.getAllByRole("listitem").map((item) => item.textContent);
};

it("explains what is to be seen, each once, and nothing else", () => {
  expect(legendOf(["problem", "live", "live", "ready"])).toEqual([
    "Bereit",
    "Live",
    "Problem",
    "Zeit in der Zelle: zuletzt nachgelesen oder gesendet",
  ]);
});

it("explains the dash where there is one", () => {
  expect(legendOf(["live", undefined]).at(-1)).toBe("Strich: noch nicht geprüft");
});
