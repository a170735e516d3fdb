import assert from "node:assert/strict";
import { test } from "node:test";
import { alignLines, foldRows } from "../src/editor/line-alignment";
import type { Row } from "../src/editor/line-alignment";

/** A row as text: each cell, with < and > where it differs from its neighbour. */
const asText = (rows: Row[]): string[] =>
  rows.map((row) =>
    row
      .map((cell) => cell && `${cell.before ? "<" : ""}${cell.text}${cell.after ? ">" : ""}`)
      .map((words) => words ?? "-")
      .join(" | "),
  );

test("equal lines are in one row", () => {
  assert.deepEqual(asText(alignLines("a\nb", "a\nb", "a\nb")), ["a | a | a", "b | b | b"]);
});

test("a different line is marked on the side of the version that differs", () => {
  assert.deepEqual(asText(alignLines("a\nold\nc", "a\nmine\nc", "a\nmine\nc")), [
    "a | a | a",
    "old> | <mine | mine",
    "c | c | c",
  ]);
  assert.deepEqual(asText(alignLines("a\nTODO\nc", "a\nTODO\nc", "a\nright\nc")), [
    "a | a | a",
    "TODO | TODO> | <right",
    "c | c | c",
  ]);
});

test("a line that only one version has leaves gaps beside it", () => {
  assert.deepEqual(asText(alignLines("a\nc", "a\nb\nc", "a\nc")), [
    "a | a | a",
    "- | <b> | -",
    "c | c | c",
  ]);
  assert.deepEqual(asText(alignLines("a\nb\nc", "a\nc", "a\nc")), [
    "a | a | a",
    "b> | - | -",
    "c | c | c",
  ]);
  assert.deepEqual(asText(alignLines("a", "a", "a\nb")), ["a | a | a", "- | - | <b"]);
});

test("changes of the left and right version at one place are in the same rows", () => {
  assert.deepEqual(asText(alignLines("a\n1\n2\nz", "a\nx\nz", "a\n7\n8\n9\nz")), [
    "a | a | a",
    "1> | <x> | <7",
    "2> | - | <8",
    "- | - | <9",
    "z | z | z",
  ]);
});

test("each line of random versions appears once", () => {
  const some = (seed: number): string => {
    const lines: number[] = [];
    for (let at = 0; at < 40; at += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      if (seed % 3) lines.push(seed % 11);
    }
    return lines.join("\n");
  };
  for (let seed = 1; seed < 200; seed += 1) {
    const versions = [some(seed), some(seed + 1000), some(seed + 2000)] as const;
    const rows = alignLines(...versions);
    versions.forEach((version, column) => {
      const cells = rows.map((row) => row[column]).filter((cell) => !!cell);
      assert.equal(cells.map(({ text }) => text).join("\n"), version);
      assert.deepEqual(
        cells.map(({ number }) => number),
        cells.map((_, at) => at + 1),
      );
    });
    for (const [a, b, c] of rows) {
      if (a && !a.after) assert.equal(a.text, b?.text);
      if (c && !c.before) assert.equal(c.text, b?.text);
    }
  }
});

test("without a right version there are two columns", () => {
  assert.deepEqual(asText(alignLines("a\nb", "a\nc", null)), ["a | a", "b> | <c"]);
});

test("long runs of equal rows are folded, except near a difference", () => {
  const many = Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\n");
  const parts = foldRows(alignLines(many, `${many}\nmore`, many), 3, 6);
  assert.deepEqual(
    parts.map(({ rows, folded }) => [rows.length, folded]),
    [
      [17, true],
      [4, false],
    ],
  );
});
