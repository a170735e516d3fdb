import assert from "node:assert/strict";
import { test } from "node:test";
import { delay } from "../src/connection/backoff";

test("each attempt waits twice as long, up to 15 seconds", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => delay(attempt, () => 0));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test("chance takes off up to half, never more", () => {
  assert.equal(
    delay(2, () => 1),
    1000,
  );
  assert.equal(
    delay(60, () => 1),
    7500,
  );
});
