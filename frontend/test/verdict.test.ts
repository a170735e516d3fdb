import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check, Line, Report } from "../src/connection/wire";
import { withAddress } from "../src/verdict/curl";
import { differentParts } from "../src/verdict/difference";
import { stallsByLine } from "../src/verdict/evidence";
import { diagnosticOf, isSyntaxError, spokenSummary, testFunction } from "../src/verdict/report";
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

test("the spoken summary has the counts and the first check that failed", () => {
  const words = spokenSummary(
    "plain_text",
    report(check({ status: "pass" }), check({ sentence: "GET / answers 200." })),
  );
  assert.equal(
    words,
    "plain_text: 1 of 2 checks passed; first trouble: GET / answers 200. 501 came, 200 was wanted.",
  );
  assert.equal(
    spokenSummary("a", { ...report(check({ status: "pass" })), status: "pass" }),
    "a: 1 of 1 check passed. Done.",
  );
  assert.equal(
    spokenSummary("a", { ...report(), message: "It cannot be read." }),
    "a: It cannot be read.",
  );
});

test("a parametrized check belongs to its test function", () => {
  assert.equal(testFunction("test_a[1-2]"), "test_a");
});

test("the diagnostic is at the advice's line, else at the innermost line of the learner's file", () => {
  const mine = "exercises/a.py";
  const advised = check({
    advice: { key: "k", sentence: "Wrong.", action: "Mend it.", line: line(mine, 3) },
  });
  assert.deepEqual(diagnosticOf(report(advised), mine), {
    line: line(mine, 3),
    sentence: "Wrong.",
  });
  const traced = check({ traceback: [line(mine, 1), line(mine, 7)] });
  assert.equal(diagnosticOf(report(traced), mine)?.line.number, 7);
  assert.equal(diagnosticOf(report(traced), "exercises/b.py"), null);
  assert.equal(diagnosticOf(report(check({ status: "pass" })), mine), null);
});

test("without a traceback the diagnostic is at the line that gave the compared value", () => {
  const mine = "exercises/a.py";
  assert.equal(diagnosticOf(report(check({ last: line(mine, 9) })), mine)?.line.number, 9);
});

test("two texts are marked where they differ, unless they have nothing in common", () => {
  assert.deepEqual(differentParts('"Hello Ada"', '"Hello Eve"'), [
    { start: 7, end: 10 },
    { start: 7, end: 10 },
  ]);
  assert.equal(differentParts("501", "200"), null);
});

test("a curl command has the address at which the app runs, else the default one", () => {
  const get = "curl -i 'http://127.0.0.1:8080/a?u=http://127.0.0.1:8080/b'";
  assert.equal(
    withAddress(get, "http://127.0.0.1:4711/"),
    "curl -i 'http://127.0.0.1:4711/a?u=http://127.0.0.1:8080/b'",
  );
  const post = `curl -i --data-raw '{"u": "http://127.0.0.1:8080/x"}' http://127.0.0.1:8080/a`;
  assert.equal(
    withAddress(post, "http://127.0.0.1:4711/"),
    `curl -i --data-raw '{"u": "http://127.0.0.1:8080/x"}' http://127.0.0.1:4711/a`,
  );
  assert.equal(withAddress(post, null), post);
});

test("only an error that Python raises for its syntax is a syntax error", () => {
  const broken = report(check({ status: "error", message: "SyntaxError: '(' was never closed" }));
  assert.ok(isSyntaxError({ ...broken, status: "error" }));
  assert.ok(!isSyntaxError({ ...broken, status: "fail" }));
  assert.ok(!isSyntaxError({ ...report(check({ message: "NameError: x" })), status: "error" }));
});

test("a timeline has few and round numbers", () => {
  const numbers = (total: number): string[] => ticks(total, 7).map(([, number]) => number);
  assert.deepEqual(numbers(0.3), ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]);
  assert.deepEqual(numbers(2.1), ["0.0", "0.5", "1.0", "1.5", "2.0"]);
  assert.equal(numbers(700).length, 2);
});

test("stalls on one line are shown once, with the longest", () => {
  const line = { file: "a.py", number: 3 } as Line;
  const stalls = [
    { seconds: 0.3, line },
    { seconds: 0.5, line: { ...line } },
    { seconds: 0.2, line: null },
  ];
  assert.deepEqual(
    stallsByLine(stalls).map(({ stall, times }) => [stall.seconds, times]),
    [
      [0.5, 2],
      [0.2, 1],
    ],
  );
});
