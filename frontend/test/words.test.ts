import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../src/app/frame";
import { fresh } from "../src/app/log";
import { headersOf } from "../src/app/request-form";
import { reaching } from "../src/app/running-apps";
import { codeOf } from "../src/connection/access-key";
import { Conflict, NotEarned } from "../src/connection/course";
import { refusal } from "../src/connection/refusal";
import type { Check, ExerciseFacts, Line, Report } from "../src/connection/wire";
import { faultOf } from "../src/editor/diagnostic";
import { alive } from "../src/page/alive";
import { pieces } from "../src/page/dom";
import { readable, taken } from "../src/page/landing-page";
import { counts, standing } from "../src/page/progress";
import { numbers, withNumbers } from "../src/page/search";
import { plain } from "../src/page/sphinx";
import { gathered } from "../src/verdict/evidence";
import { unlike } from "../src/verdict/marked";
import { question, spoken, unread } from "../src/verdict/report";
import { ticks } from "../src/verdict/timeline";

const check = (over: Partial<Check>): Check => ({
  name: "test_a",
  sentence: "It answers.",
  status: "fail",
  message: "501 came, 200 was wanted.",
  output: "",
  hints: [],
  difference: null,
  advice: null,
  exchanges: [],
  traceback: [],
  stalls: [],
  ...over,
});
const report = (...tests: Check[]): Report => ({
  status: "fail",
  message: null,
  tests,
  advice: null,
  output: "",
  seconds: 0.1,
});
const line = (file: string, number: number): Line => ({
  file,
  number,
  function: "f",
  code: "x",
  start: 0,
  end: 0,
});

test("only a page that the course itself serves comes to life", () => {
  const here = "http://127.0.0.1:8000";
  assert.equal(alive(here, here), true);
  assert.equal(alive(here, "http://127.0.0.1:8001"), false);
  assert.equal(alive(here, "null"), false);
  assert.equal(alive("", ""), false);
  assert.equal(alive(undefined, here), false);
});

test("only an address from the terminal has a code", () => {
  assert.equal(codeOf("#code=abcde-fghjk-mnpqr"), "abcde-fghjk-mnpqr");
  for (const hash of ["", "#code=", "#code", "#exercise-code=a", "#code=a&b", "#code=a/../b"])
    assert.equal(codeOf(hash), null);
});

test("backquotes and stars of a sentence become code and stress, nothing else does", () => {
  assert.deepEqual(pieces("The `index` is *not* <b>done</b>: 2*3*4."), [
    { kind: "text", text: "The " },
    { kind: "code", text: "index" },
    { kind: "text", text: " is " },
    { kind: "em", text: "not" },
    { kind: "text", text: " <b>done</b>: 2*3*4." },
  ]);
});

test("a verdict is said with its first trouble", () => {
  const words = spoken(
    "plain_text",
    report(check({ status: "pass" }), check({ sentence: "GET / answers 200." })),
  );
  assert.equal(
    words,
    "plain_text: 1 of 2 checks passed; first trouble: GET / answers 200. 501 came, 200 was wanted.",
  );
  assert.equal(
    spoken("a", { ...report(check({ status: "pass" })), status: "pass" }),
    "a: 1 of 1 check passed. Done.",
  );
  assert.equal(
    spoken("a", { ...report(), message: "It cannot be read." }),
    "a: It cannot be read.",
  );
});

test("a check that was asked with values belongs to its question", () => {
  assert.equal(question("test_a[1-2]"), "test_a");
});

test("the fault is where the advice says, else the innermost line of the learner's file", () => {
  const mine = "exercises/a.py";
  const advised = check({
    advice: { key: "k", sentence: "Wrong.", action: "Mend it.", line: line(mine, 3) },
  });
  assert.deepEqual(faultOf(report(advised), mine), { line: line(mine, 3), sentence: "Wrong." });
  const traced = check({ traceback: [line(mine, 1), line(mine, 7)] });
  assert.equal(faultOf(report(traced), mine)?.line.number, 7);
  assert.equal(faultOf(report(traced), "exercises/b.py"), null);
  assert.equal(faultOf(report(check({ status: "pass" })), mine), null);
});

test("without a traceback the fault is where what was compared came from", () => {
  const mine = "exercises/a.py";
  assert.equal(faultOf(report(check({ last: line(mine, 9) })), mine)?.line.number, 9);
});

test("two texts are marked where they differ, but not when nothing is alike", () => {
  assert.deepEqual(unlike('"Hello Ada"', '"Hello Eve"'), [
    { start: 7, end: 10 },
    { start: 7, end: 10 },
  ]);
  assert.equal(unlike("501", "200"), null);
});

test("the address of a page does not depend on how it is written", () => {
  for (const same of [
    "/step01_hello/",
    "/step01_hello/index.html",
    "/step01_hello/#x",
    "/step01_hello",
  ]) {
    assert.equal(plain(same), "/step01_hello");
  }
});

test("what is done is counted by step", () => {
  const facts = [
    ["step01/a", true],
    ["step01/b", false],
    ["step02/a", true],
  ].map(([key, passes]) => ({ key, passes, done: true, step: "x" }) as unknown as ExerciseFacts);
  assert.deepEqual(
    [...counts(facts)],
    [
      ["step01", { done: 1, of: 2 }],
      ["step02", { done: 1, of: 1 }],
    ],
  );
});

test("headers are read line by line, and a line that is none is named", () => {
  assert.deepEqual(headersOf("Accept: text/html\n\nX-A:  b:c "), [
    ["Accept", "text/html"],
    ["X-A", "b:c"],
  ]);
  assert.throws(() => headersOf("nonsense"), /"nonsense" is no header/);
});

test("done is said of a file that passes as it is", () => {
  const facts = { done: true, passes: true, outcome: "pass", passed: 3, of: 3 } as const;
  assert.equal(standing(facts), "✓ Done");
  assert.equal(
    standing({ ...facts, passes: false, outcome: "fail", passed: 1 }),
    "Passed before, not as it is now",
  );
  assert.equal(
    standing({ ...facts, done: false, passes: false, outcome: "fail", passed: 1 }),
    "1 of 3 checks",
  );
});

test("a file with progress is an archive or JSON; anything else is refused with its name", async () => {
  assert.equal((await readable("a", new Blob(["PK\u0003\u0004"]))).type, "application/zip");
  assert.equal((await readable("a", new Blob(["{}"]))).type, "application/json");
  await assert.rejects(readable("photo.png", new Blob(["\u0000"])), /photo\.png is no progress/);
});

test("a curl command names the port where the app runs, and else the one of run", () => {
  const get = "curl -i 'http://127.0.0.1:8080/a?u=http://127.0.0.1:8080/b'";
  assert.equal(
    reaching(get, "http://127.0.0.1:4711/"),
    "curl -i 'http://127.0.0.1:4711/a?u=http://127.0.0.1:8080/b'",
  );
  const post = `curl -i --data-raw '{"u": "http://127.0.0.1:8080/x"}' http://127.0.0.1:8080/a`;
  assert.equal(
    reaching(post, "http://127.0.0.1:4711/"),
    `curl -i --data-raw '{"u": "http://127.0.0.1:8080/x"}' http://127.0.0.1:4711/a`,
  );
  assert.equal(reaching(post, null), post);
});

test("only a file that is no Python is unread", () => {
  const broken = report(check({ status: "error", message: "SyntaxError: '(' was never closed" }));
  assert.ok(unread({ ...broken, status: "error" }));
  assert.ok(!unread({ ...broken, status: "fail" }));
  assert.ok(!unread({ ...report(check({ message: "NameError: x" })), status: "error" }));
});

test("numbers are looked for like words", () => {
  const search = {
    _parseQuery: (query: string) =>
      [query, new Set(["found"]), new Set(), new Set(["found"]), new Set()] as never,
  };
  withNumbers(search);
  const [, wanted, , marked] = search._parseQuery("404 found") as Set<string>[];
  assert.deepEqual([...wanted!], ["found", "404"]);
  assert.deepEqual([...marked!], ["found", "404"]);
  assert.deepEqual(numbers("404, 403 or step01 -500 v2 303."), ["404", "403", "303"]);
});

test("what was taken is told, and what was left out", () => {
  const some = { exercises: 1, written: ["a.py", "b.py"], replaced: ["a.py"], unknown: ["c.py"] };
  const words = taken(some);
  assert.match(words, /progress in 1 exercise, and 2 files\. What was there is kept\./);
  assert.match(words, /Left out.*c\.py/);
});

test("a refusal says what it is", () => {
  const conflict = refusal(409, { error: { message: "another" }, content: "x", version: "v" });
  assert.ok(conflict instanceof Conflict && conflict.disk.content === "x");
  assert.ok(refusal(403, { error: { message: "ask again" }, asked: 1 }) instanceof NotEarned);
  assert.equal(refusal(500, {}).message, "The course answered 500.");
});

test("a time line has few and round numbers", () => {
  const numbers = (total: number): string[] => ticks(total, 7).map(([, number]) => number);
  assert.deepEqual(numbers(0.3), ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]);
  assert.deepEqual(numbers(2.1), ["0.0", "0.5", "1.0", "1.5", "2.0"]);
  assert.equal(numbers(700).length, 2);
});

test("a path is of the app, however it was typed", () => {
  for (const [typed, path] of [
    ["/posts?page=2#a", "/posts?page=2#a"],
    ["posts", "/posts"],
    ["", "/"],
    [" /a b ", "/a b"],
    ["http://127.0.0.1:5000/posts/1", "/posts/1"],
    ["https://elsewhere.example", "/"],
    ["//elsewhere.example/x", "/elsewhere.example/x"],
    ["\\\\elsewhere.example", "/elsewhere.example"],
  ] as const) {
    const found = pathOf(typed);
    assert.equal(found, path);
    assert.equal(new URL("http://127.0.0.1:5000/" + found.slice(1)).host, "127.0.0.1:5000");
  }
});

test("lines of a log that are known already are not shown twice", () => {
  assert.deepEqual(fresh(["a", "b"], 2, 0), ["a", "b"]);
  assert.deepEqual(fresh(["a", "b"], 2, 1), ["b"]);
  assert.deepEqual(fresh(["a", "b"], 2, 2), []);
  assert.deepEqual(fresh(["a", "b"], 2, 5), []);
  assert.deepEqual(fresh(["y", "z"], 900, 300), ["y", "z"]);
});

test("stalls on one line are told once, with the longest", () => {
  const line = { file: "a.py", number: 3 } as Line;
  const stalls = [
    { seconds: 0.3, line },
    { seconds: 0.5, line: { ...line } },
    { seconds: 0.2, line: null },
  ];
  assert.deepEqual(
    gathered(stalls).map(({ stall, times }) => [stall.seconds, times]),
    [
      [0.5, 2],
      [0.2, 1],
    ],
  );
});
