import assert from "node:assert/strict";
import { test } from "node:test";
import { change } from "../src/page/text";

function applied(before: string, after: string): string {
  const found = change(before, after);
  return found ? before.slice(0, found.from) + found.insert + before.slice(found.to) : before;
}

test("the same text needs no change", () => {
  assert.equal(change("a\nb", "a\nb"), null);
});

test("only what differs is replaced", () => {
  assert.deepEqual(change("one two three", "one 2 three"), { from: 4, to: 7, insert: "2" });
});

test("whatever the texts, the change leads from one to the other", () => {
  const texts = [
    "",
    "a",
    "aa",
    "aaa",
    "aba",
    "abab",
    "baba",
    "a\nb\n",
    "😀",
    "😁",
    "x😀y",
    "x😁y",
    "😀😀",
  ];
  for (const before of texts)
    for (const after of texts) assert.equal(applied(before, after), after);
});

test("a letter of two units is never cut in half", () => {
  const found = change("x😀y", "x😁y");
  assert.deepEqual(found, { from: 1, to: 3, insert: "😁" });
});
