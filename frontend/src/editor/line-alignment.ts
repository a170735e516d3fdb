/**
 * Aligns three versions of a file line by line: the middle one is compared with the left and the
 * right one.
 */

import { diff } from "@codemirror/merge";

export interface Cell {
  /** The line's number in its version, from 1. */
  number: number;
  text: string;
  /** The version on the left does not have this line. */
  before: boolean;
  /** The version on the right does not have this line. */
  after: boolean;
}

/** A cell for each version; null where the version has no line there. */
export type Row = (Cell | null)[];

/**
 * Code units that stand for whole lines in `diff`: above the control characters, below the
 * surrogates.
 */
const FIRST_UNIT = 0x100;
const LAST_UNIT = 0xd7ff;

/** For each line of `before` the index of the same line in `after`, or -1. */
function matchLines(before: string[], after: string[]): number[] {
  const units = new Map<string, string>();
  const unitOf = (line: string): string => {
    const unit =
      units.get(line) ?? String.fromCharCode(Math.min(FIRST_UNIT + units.size, LAST_UNIT));
    units.set(line, unit);
    return unit;
  };
  const found = before.map(() => -1);
  let [a, b] = [0, 0];
  const matchUntil = (until: number): void => {
    while (a < until) found[a++] = b++;
  };
  const [one, other] = [before.map(unitOf).join(""), after.map(unitOf).join("")];
  for (const { fromA, toA, toB } of diff(one, other, { scanLimit: 500 })) {
    matchUntil(fromA);
    [a, b] = [toA, toB];
  }
  matchUntil(before.length);
  return found;
}

/** The left or the right version, read line by line. */
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

  /** Whether it has this line of the middle version. */
  has(middle: number): boolean {
    return (this.match[middle] ?? -1) >= 0;
  }

  /**
   * Its next line if that belongs beside (`beside`), or else before, this line of the middle
   * version; else null.
   */
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

/** The rows of three versions; of two when `right` is null. */
export function alignLines(left: string, middle: string, right: string | null): Row[] {
  const mine = middle.split("\n");
  const [a, c] = [left.split("\n"), right?.split("\n") ?? []];
  const one = new Side(a, matchLines(mine, a), true);
  const other = right === null ? null : new Side(c, matchLines(mine, c), false);
  const rows: Row[] = [];
  const put = (before: Cell | null, at: Cell | null, after: Cell | null): void => {
    rows.push(other ? [before, at, after] : [before, at]);
  };
  /** Add the lines that only the left or right version has, before a line of the middle version. */
  const addOwnLines = (middle: number, forLeft: boolean, forRight: boolean): void => {
    for (;;) {
      const before = forLeft ? one.next(middle, false) : null;
      const after = forRight ? (other?.next(middle, false) ?? null) : null;
      if (!before && !after) return;
      put(before, null, after);
    }
  };
  mine.forEach((text, at) => {
    const [inLeft, inRight] = [one.has(at), other?.has(at) ?? true];
    addOwnLines(at, inLeft, !!other && inRight);
    const cell = { number: at + 1, text, before: !inLeft, after: !inRight };
    put(one.next(at, true), cell, other?.next(at, true) ?? null);
  });
  addOwnLines(mine.length, true, true);
  return rows;
}

/**
 * Successive rows: shown, or folded because they are equal everywhere and far from any difference.
 */
export interface RowGroup {
  rows: Row[];
  folded: boolean;
}

/**
 * Group rows: `margin` equal rows around a difference are shown, and fewer than `least` are not
 * folded.
 */
export function foldRows(rows: Row[], margin: number, least: number): RowGroup[] {
  const differs = rows.map((row) => row.some((cell) => cell?.before || cell?.after));
  const found: RowGroup[] = [];
  rows.forEach((row, at) => {
    const folded = !differs.slice(Math.max(0, at - margin), at + margin + 1).includes(true);
    const last = found.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else found.push({ rows: [row], folded });
  });
  return found.map((group) => ({ ...group, folded: group.folded && group.rows.length >= least }));
}
