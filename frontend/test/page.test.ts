import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExerciseFacts } from "../src/connection/wire";
import { importSummary, progressFile } from "../src/page/landing-page";
import { countByStep, statusOf } from "../src/page/progress";
import { addNumbersTo, isServedByCourse, normalizedPath, numbersIn } from "../src/page/sphinx";
import { parseInline, textChange } from "../src/page/text";

function applied(before: string, after: string): string {
  const found = textChange(before, after);
  return found ? before.slice(0, found.from) + found.insert + before.slice(found.to) : before;
}

test("equal texts need no change", () => {
  assert.equal(textChange("a\nb", "a\nb"), null);
});

test("only the different part is replaced", () => {
  assert.deepEqual(textChange("one two three", "one 2 three"), { from: 4, to: 7, insert: "2" });
});

test("the change of random texts makes the second of the first", () => {
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

test("a surrogate pair is not split", () => {
  const found = textChange("x😀y", "x😁y");
  assert.deepEqual(found, { from: 1, to: 3, insert: "😁" });
});

test("only a page whose own origin is named in its head is served by a course", () => {
  const here = "http://127.0.0.1:8000";
  assert.equal(isServedByCourse(here, here), true);
  assert.equal(isServedByCourse(here, "http://127.0.0.1:8001"), false);
  assert.equal(isServedByCourse(here, "null"), false);
  assert.equal(isServedByCourse("", ""), false);
  assert.equal(isServedByCourse(undefined, here), false);
});

test("backquotes and stars become code and emphasis; HTML stays text", () => {
  assert.deepEqual(parseInline("The `index` is *not* <b>done</b>: 2*3*4."), [
    { kind: "text", text: "The " },
    { kind: "code", text: "index" },
    { kind: "text", text: " is " },
    { kind: "em", text: "not" },
    { kind: "text", text: " <b>done</b>: 2*3*4." },
  ]);
});

test("each form of a page's address has the same normalized path", () => {
  for (const same of [
    "/step01_hello/",
    "/step01_hello/index.html",
    "/step01_hello/#x",
    "/step01_hello",
  ]) {
    assert.equal(normalizedPath(same), "/step01_hello");
  }
});

test("exercises that are done are counted by step", () => {
  const facts = [
    ["step01/a", true],
    ["step01/b", false],
    ["step02/a", true],
  ].map(([key, passes]) => ({ key, passes, done: true, step: "x" }) as unknown as ExerciseFacts);
  assert.deepEqual(
    [...countByStep(facts)],
    [
      ["step01", { done: 1, of: 2 }],
      ["step02", { done: 1, of: 1 }],
    ],
  );
});

test("an exercise is done only while its file passes as it is", () => {
  const facts = { done: true, passes: true, outcome: "pass", passed: 3, of: 3 } as const;
  assert.equal(statusOf(facts), "✓ Done");
  assert.equal(
    statusOf({ ...facts, passes: false, outcome: "fail", passed: 1 }),
    "Passed before, not as it is now",
  );
  assert.equal(
    statusOf({ ...facts, done: false, passes: false, outcome: "fail", passed: 1 }),
    "1 of 3 checks",
  );
});

test("an import accepts ZIP and JSON; the error for another file names it", async () => {
  assert.equal((await progressFile("a", new Blob(["PK\u0003\u0004"]))).type, "application/zip");
  assert.equal((await progressFile("a", new Blob(["{}"]))).type, "application/json");
  await assert.rejects(
    progressFile("photo.png", new Blob(["\u0000"])),
    /photo\.png is no progress/,
  );
});

test("a search looks for numbers too", () => {
  const search = {
    _parseQuery: (query: string) =>
      [query, new Set(["found"]), new Set(), new Set(["found"]), new Set()] as never,
  };
  addNumbersTo(search);
  const [, wanted, , marked] = search._parseQuery("404 found") as Set<string>[];
  assert.deepEqual([...wanted!], ["found", "404"]);
  assert.deepEqual([...marked!], ["found", "404"]);
  assert.deepEqual(numbersIn("404, 403 or step01 -500 v2 303."), ["404", "403", "303"]);
});

test("the summary of an import names what was left out", () => {
  const some = { exercises: 1, written: ["a.py", "b.py"], replaced: ["a.py"], unknown: ["c.py"] };
  const words = importSummary(some);
  assert.match(words, /progress in 1 exercise, and 2 files\. What was there is kept\./);
  assert.match(words, /Left out.*c\.py/);
});
