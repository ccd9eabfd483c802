import { useRef, useState, type KeyboardEvent, type RefCallback } from "react";

export interface Cell {
  row: number;
  column: number;
}

export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

interface Options {
  rows: number;
  columns: number;
  /** What stands in a cell when editing begins; absent where it can't be edited. */
  textAt: (cell: Cell) => string | undefined;
  /** One new text for every cell of the range. */
  onCommit: (range: Range, text: string) => void;
  /** The topmost row of the range is written into the rows below it. */
  onFillDown: (range: Range) => void;
}

export function rangeOf(one: Cell, other: Cell): Range {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.column, other.column),
  };
}

export const inRange = (range: Range, { row, column }: Cell) =>
  row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;

const arrows: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A spreadsheet's keys: arrows move, shift widens, typing or Enter edits, ⌘D fills down, Esc discards. */
export function useCellGrid({ rows, columns, textAt, onCommit, onFillDown }: Options) {
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<Cell>({ row: 0, column: 0 });
  const [draft, show] = useState<string>();
  // Moving the focus away makes the field report that it was left, before the next render: what is kept or discarded
  // by then must be gone.
  const typed = useRef<string>(undefined);
  const cells = useRef(new Map<string, HTMLElement>());
  const range = rangeOf(active, anchor);

  function setDraft(text: string | undefined) {
    typed.current = text;
    show(text);
  }
  function keep() {
    const text = typed.current;
    setDraft(undefined);
    if (text !== undefined && text !== textAt(active)) onCommit(range, text);
  }
  function focus(cell: Cell) {
    cells.current.get(`${cell.row}/${cell.column}`)?.focus();
  }
  function go(cell: Cell, how: "move" | "widen") {
    const inside = {
      row: Math.max(0, Math.min(rows - 1, cell.row)),
      column: Math.max(0, Math.min(columns - 1, cell.column)),
    };
    setActive(inside);
    if (how === "move") setAnchor(inside);
    focus(inside);
  }
  function commit(then: Cell) {
    keep();
    go(then, "move");
  }

  function pressWhileEditing(event: KeyboardEvent) {
    if (event.key === "Escape") {
      setDraft(undefined);
      focus(active);
    } else if (event.key === "Enter") {
      commit({ ...active, row: active.row + (event.shiftKey ? -1 : 1) });
    } else if (event.key === "Tab") {
      commit({ ...active, column: active.column + (event.shiftKey ? -1 : 1) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function press(event: KeyboardEvent) {
    if (draft !== undefined) return pressWhileEditing(event);
    const step = arrows[event.key];
    if (step) {
      go({ row: active.row + step[0], column: active.column + step[1] }, event.shiftKey ? "widen" : "move");
    } else if (event.key === "Enter" || event.key === "F2") {
      setDraft(textAt(active));
    } else if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "d") {
      onFillDown(range);
    } else if (event.key === "Home" || event.key === "End") {
      go({ ...active, column: event.key === "Home" ? 0 : columns - 1 }, event.shiftKey ? "widen" : "move");
    } else if (event.key.length === 1 && !event.metaKey && !event.ctrlKey && textAt(active) !== undefined) {
      setDraft(event.key);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    active,
    range,
    draft,
    setDraft,
    /** Leaving the field by pointer keeps what was typed. */
    keep,
    edit: (cell: Cell) => {
      go(cell, "move");
      setDraft(textAt(cell));
    },
    cellProps: (cell: Cell) => ({
      ref: ((element) => {
        const key = `${cell.row}/${cell.column}`;
        if (element) cells.current.set(key, element);
        else cells.current.delete(key);
      }) as RefCallback<HTMLElement>,
      tabIndex: active.row === cell.row && active.column === cell.column ? 0 : -1,
      "data-active": (active.row === cell.row && active.column === cell.column) || undefined,
      "data-range":
        inRange(range, cell) && (range.top !== range.bottom || range.left !== range.right) ? true : undefined,
      onKeyDown: press,
      onMouseDown: (event: { shiftKey: boolean }) => {
        if (draft === undefined) go(cell, event.shiftKey ? "widen" : "move");
      },
    }),
  };
}
