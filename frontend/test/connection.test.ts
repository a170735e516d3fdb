import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../src/connection/access-key";
import { Conflict, NotEarned, errorFrom } from "../src/connection/errors";
import { retryDelay } from "../src/connection/socket";

test("the delay doubles with each attempt, up to 15 seconds", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => retryDelay(attempt, () => 0));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test("the random part shortens a delay by a half at most", () => {
  assert.equal(
    retryDelay(2, () => 1),
    1000,
  );
  assert.equal(
    retryDelay(60, () => 1),
    7500,
  );
});

test("only the fragment of an address from the terminal has a code", () => {
  assert.equal(codeOf("#code=abcde-fghjk-mnpqr"), "abcde-fghjk-mnpqr");
  for (const hash of ["", "#code=", "#code", "#exercise-code=a", "#code=a&b", "#code=a/../b"])
    assert.equal(codeOf(hash), null);
});

test("status and body of a response decide the class of its error", () => {
  const conflict = errorFrom(409, { error: { message: "another" }, content: "x", version: "v" });
  assert.ok(conflict instanceof Conflict && conflict.disk.content === "x");
  assert.ok(errorFrom(403, { error: { message: "ask again" }, asked: 1 }) instanceof NotEarned);
  assert.equal(errorFrom(500, {}).message, "The course answered 500.");
});
