import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { useCellGrid } from "@/shared/grid/useCellGrid";

const start = [
  ["10", "11"],
  ["20", "21"],
  ["30", "31"],
];

/** Prices as a merchant sees them: a grid of texts. */
function Prices() {
  const [values, setValues] = useState(start);
  const grid = useCellGrid({
    rows: 3,
    columns: 2,
    textAt: ({ row, column }) => values[row]?.[column],
    onCommit: (range, text) =>
      setValues((before) =>
        before.map((line, row) =>
          line.map((value, column) =>
            row >= range.top && row <= range.bottom && column >= range.left && column <= range.right
              ? text
              : value,
          ),
        ),
      ),
    onFillDown: (range) =>
      setValues((before) =>
        before.map((line, row) =>
          line.map((value, column) =>
            row > range.top && row <= range.bottom && column >= range.left && column <= range.right
              ? (before[range.top]?.[column] ?? value)
              : value,
          ),
        ),
      ),
  });
  return (
    <table>
      <tbody>
        {values.map((line, row) => (
          <tr key={row}>
            {line.map((value, column) => {
              const active = grid.active.row === row && grid.active.column === column;
              return (
                <td key={column} data-testid={`${row}${column}`} {...grid.cellProps({ row, column })}>
                  {active && grid.draft !== undefined ? (
                    <input
                      autoFocus
                      value={grid.draft}
                      onChange={(event) => grid.setDraft(event.target.value)}
                      onBlur={grid.keep}
                    />
                  ) : (
                    value
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const at = (cell: string) => screen.getByTestId(cell);

it("moves by arrows and stops at the edge", async () => {
  render(<Prices />);
  await userEvent.click(at("00"));
  await userEvent.keyboard("{ArrowDown}{ArrowRight}{ArrowRight}");
  expect(at("11")).toHaveFocus();
});

it("typing replaces, Enter keeps and moves on, Esc discards", async () => {
  render(<Prices />);
  await userEvent.click(at("00"));
  await userEvent.keyboard("99{Enter}");
  expect(at("00")).toHaveTextContent("99");
  expect(at("10")).toHaveFocus();
  await userEvent.keyboard("77{Escape}");
  expect(at("10")).toHaveTextContent("20");
});

it("one value goes into a whole range", async () => {
  render(<Prices />);
  await userEvent.click(at("00"));
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowRight}{/Shift}5{Enter}");
  expect(["00", "01", "10", "11"].map((cell) => at(cell).textContent)).toEqual(["5", "5", "5", "5"]);
  expect(at("20")).toHaveTextContent("30");
});

it("⌘D fills the first row down", async () => {
  render(<Prices />);
  await userEvent.click(at("01"));
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Meta>}d{/Meta}");
  expect([at("11").textContent, at("21").textContent, at("20").textContent]).toEqual(["11", "11", "30"]);
});
