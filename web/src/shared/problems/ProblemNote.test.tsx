import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { setPreferences } from "@/shared/preferences/preferences";
import { Problem, problemFrom } from "@/shared/problems/problem";
import { ProblemNote } from "@/shared/problems/ProblemNote";

const show = (node: ReactNode) => render(<MantineProvider>{node}</MantineProvider>);

it("says a known code in the reader's language and shows the code", async () => {
  show(<ProblemNote problem={new Problem("not_found", 404, "There is no such thing here")} />);
  expect(screen.getByRole("heading")).toHaveTextContent("Das gibt es hier nicht");
  expect(screen.getByText(/404 · not_found/)).toBeVisible();
  act(() => setPreferences({ language: "fr" }));
  expect(await screen.findByText("Il n’y a rien de tel ici")).toBeVisible();
  act(() => setPreferences({ language: "de" }));
  expect(await screen.findByText("Das gibt es hier nicht")).toBeVisible();
});

it("falls back on the server's own sentence for a code without words", () => {
  show(<ProblemNote problem={new Problem("planets.misaligned", 409, "Mars is in the way.")} />);
  expect(screen.getByRole("heading")).toHaveTextContent("Mars is in the way.");
});

it("an outage, a refusal and a no look like three", () => {
  const tones = [503, 401, 422].map((status) => {
    const { container } = show(<ProblemNote problem={new Problem("x", status, "x")} />);
    return container.querySelector("section")?.dataset.tone;
  });
  expect(tones).toEqual(["outage", "refused", "no"]);
});

it("lists every problem of a form and offers the retry", async () => {
  const retry = vi.fn();
  const problem = problemFrom(
    {
      code: "invalid",
      status: 422,
      problems: [
        { code: "a.b", message: "First" },
        { code: "a.c", message: "Second" },
      ],
    },
    422,
  );
  show(<ProblemNote problem={problem} onRetry={retry} />);
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["First", "Second"]);
  await userEvent.click(screen.getByRole("button", { name: "Erneut laden" }));
  expect(retry).toHaveBeenCalledOnce();
});
