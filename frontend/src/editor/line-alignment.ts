/** Three versions of a file, line beside line; the one in the middle is compared with its neighbours. */

import { diff } from "@codemirror/merge";

export interface Cell {
  /** Its number in its version, from 1. */
  number: number;
  text: string;
  /** The neighbour on the left, or on the right, does not have this line. */
  before: boolean;
  after: boolean;
}

/** A line of each version; null where a version has none there. */
export type Row = (Cell | null)[];

/** Letters that stand for whole lines: below them are control characters, behind them half letters. */
const FIRST = 0x100;
const LAST = 0xd7ff;

/** For each line of `before`, the line of `after` that is the same one, or -1. */
function matches(before: string[], after: string[]): number[] {
  const letters = new Map<string, string>();
  const letter = (line: string): string => {
    const made = letters.get(line) ?? String.fromCharCode(Math.min(FIRST + letters.size, LAST));
    letters.set(line, made);
    return made;
  };
  const found = before.map(() => -1);
  let [a, b] = [0, 0];
  const same = (until: number): void => {
    while (a < until) found[a++] = b++;
  };
  const [one, other] = [before.map(letter).join(""), after.map(letter).join("")];
  for (const { fromA, toA, toB } of diff(one, other, { scanLimit: 500 })) {
    same(fromA);
    [a, b] = [toA, toB];
  }
  same(before.length);
  return found;
}

/** A neighbour of the middle version, read from its top. */
class Side {
  private at = 0;
  private readonly inverse: Map<number, number>;

  constructor(
    private readonly lines: string[],
    private readonly match: number[],
    private readonly isLeft: boolean,
  ) {
    this.inverse = new Map(match.map((line, middle) => [line, middle]));
  }

  /** Whether it has a line of the middle one. */
  has(middle: number): boolean {
    return (this.match[middle] ?? -1) >= 0;
  }

  /** Its next line, if that is to stand beside or before a line of the middle one. */
  next(middle: number, beside: boolean): Cell | null {
    const line = this.at;
    const text = this.lines[line];
    if (text === undefined) return null;
    const own = !this.inverse.has(line);
    if (beside ? !own && this.inverse.get(line) !== middle : !own) return null;
    this.at += 1;
    return { number: line + 1, text, before: own && !this.isLeft, after: own && this.isLeft };
  }
}

/** Put three versions beside each other; without a third there are two columns. */
export function align(left: string, middle: string, right: string | null): Row[] {
  const mine = middle.split("\n");
  const [a, c] = [left.split("\n"), right?.split("\n") ?? []];
  const one = new Side(a, matches(mine, a), true);
  const other = right === null ? null : new Side(c, matches(mine, c), false);
  const rows: Row[] = [];
  const put = (before: Cell | null, at: Cell | null, after: Cell | null): void => {
    rows.push(other ? [before, at, after] : [before, at]);
  };
  /** Lines that only the neighbours have, before a line that one of them shares. */
  const catchUp = (middle: number, forLeft: boolean, forRight: boolean): void => {
    for (;;) {
      const before = forLeft ? one.next(middle, false) : null;
      const after = forRight ? (other?.next(middle, false) ?? null) : null;
      if (!before && !after) return;
      put(before, null, after);
    }
  };
  mine.forEach((text, at) => {
    const [inLeft, inRight] = [one.has(at), other?.has(at) ?? true];
    catchUp(at, inLeft, !!other && inRight);
    const cell = { number: at + 1, text, before: !inLeft, after: !inRight };
    put(one.next(at, true), cell, other?.next(at, true) ?? null);
  });
  catchUp(mine.length, true, true);
  return rows;
}

/** Rows that stand together: shown, or the same everywhere and far enough from any difference. */
export interface Part {
  rows: Row[];
  folded: boolean;
}

export function fold(rows: Row[], margin: number, least: number): Part[] {
  const differs = rows.map((row) => row.some((cell) => cell?.before || cell?.after));
  const found: Part[] = [];
  rows.forEach((row, at) => {
    const folded = !differs.slice(Math.max(0, at - margin), at + margin + 1).includes(true);
    const last = found.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else found.push({ rows: [row], folded });
  });
  return found.map((part) => ({ ...part, folded: part.folded && part.rows.length >= least }));
}
