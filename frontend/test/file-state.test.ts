import assert from "node:assert/strict";
import { test } from "node:test";
import { FileState } from "../src/editor/file-state";

const base = (): FileState => new FileState({ content: "one", version: "v1" });

test("a change on the disk is shown when nothing is unsaved", () => {
  const file = base();
  assert.deepEqual(file.diskEvent({ content: "two", version: "v2" }), {
    kind: "apply",
    content: "two",
  });
  assert.equal(file.mine, "two");
  assert.equal(file.base.version, "v2");
});

test("a change on both sides is a conflict, and both are kept", () => {
  const file = base();
  file.mine = "mine";
  assert.deepEqual(file.diskEvent({ content: "theirs", version: "v2" }), { kind: "conflict" });
  assert.equal(file.mine, "mine");
  assert.equal(file.theirs?.content, "theirs");
  assert.equal(file.beginSave(), null, "nothing is written before the learner chose");
});

test("the same change on both sides is no conflict", () => {
  const file = base();
  file.mine = "both";
  assert.deepEqual(file.diskEvent({ content: "both", version: "v2" }), { kind: "nothing" });
  assert.equal(file.dirty, false);
});

test("mine is written over the version that was shown", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  file.keepMine();
  assert.deepEqual(file.beginSave(), { content: "mine", version: "v2" });
});

test("theirs replaces mine only when it is chosen", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  assert.equal(file.takeTheirs(), "theirs");
  assert.equal(file.dirty, false);
  assert.equal(file.base.version, "v2");
});

test("a conflict goes away when the disk takes its change back", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  assert.deepEqual(file.diskEvent({ content: "one", version: "v1" }), { kind: "nothing" });
  assert.equal(file.theirs, null);
  assert.equal(file.mine, "mine");
});

test("the echo of a save is not taken for a change, before or after the answer", () => {
  for (const early of [true, false]) {
    const file = base();
    file.mine = "two";
    assert.deepEqual(file.beginSave(), { content: "two", version: "v1" });
    if (early)
      assert.deepEqual(file.diskEvent({ content: "two", version: "v2" }), { kind: "nothing" });
    assert.deepEqual(file.saveSucceeded("v2"), { kind: "nothing" });
    if (!early)
      assert.deepEqual(file.diskEvent({ content: "two", version: "v2" }), { kind: "nothing" });
    assert.equal(file.dirty, false);
  }
});

test("what is typed during a save is not lost and not sent twice", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  file.mine = "three";
  assert.equal(file.beginSave(), null, "one at a time");
  file.saveSucceeded("v2");
  assert.deepEqual(file.beginSave(), { content: "three", version: "v2" });
});

test("a late echo of an earlier save is looked into, never shown", () => {
  const file = base();
  for (const [content, version] of [
    ["two", "v2"],
    ["three", "v3"],
  ] as const) {
    file.mine = content;
    file.beginSave();
    file.saveSucceeded(version);
  }
  assert.deepEqual(file.diskEvent({ content: "two", version: "v2" }), { kind: "reload" });
  assert.equal(file.mine, "three");
});

test("another's change during a save is looked into afterwards", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  assert.deepEqual(file.diskEvent({ content: "theirs", version: "v9" }), { kind: "nothing" });
  assert.deepEqual(file.saveSucceeded("v2"), { kind: "reload" });
});

test("a save that failed leaves everything as it was", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  assert.deepEqual(file.saveFailed(), { kind: "nothing" });
  assert.deepEqual(file.beginSave(), { content: "two", version: "v1" });
});

test("a file that is no text is a conflict, never an empty file", () => {
  const file = base();
  assert.deepEqual(file.diskEvent({ content: null, version: "v2" }), { kind: "conflict" });
  assert.equal(file.beginSave(), null);
});

test("a file that vanished can be written again from what stands here", () => {
  const file = base();
  file.diskEvent({ content: null, version: null });
  file.keepMine();
  assert.deepEqual(file.beginSave(), { content: "one", version: null });
});
