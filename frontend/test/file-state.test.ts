import assert from "node:assert/strict";
import { test } from "node:test";
import { FileState } from "../src/editor/file-state";

const base = (): FileState => new FileState({ content: "one", version: "v1" });

test("a change on the disk is shown when the editor has no unsaved change", () => {
  const file = base();
  assert.deepEqual(file.diskEvent({ content: "two", version: "v2" }), {
    kind: "apply",
    content: "two",
  });
  assert.equal(file.mine, "two");
  assert.equal(file.base.version, "v2");
});

test("different changes in editor and disk are a conflict, and both are kept", () => {
  const file = base();
  file.mine = "mine";
  assert.deepEqual(file.diskEvent({ content: "theirs", version: "v2" }), { kind: "conflict" });
  assert.equal(file.mine, "mine");
  assert.equal(file.theirs?.content, "theirs");
  assert.equal(file.beginSave(), null, "nothing is written before the learner chose");
});

test("the same change in editor and disk is no conflict", () => {
  const file = base();
  file.mine = "both";
  assert.deepEqual(file.diskEvent({ content: "both", version: "v2" }), { kind: "nothing" });
  assert.equal(file.dirty, false);
});

test("keepMine writes over the version that the conflict showed", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  file.keepMine();
  assert.deepEqual(file.beginSave(), { content: "mine", version: "v2" });
});

test("takeTheirs replaces the editor's content; nothing else does", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  assert.equal(file.takeTheirs(), "theirs");
  assert.equal(file.dirty, false);
  assert.equal(file.base.version, "v2");
});

test("a conflict ends when the change on the disk is undone", () => {
  const file = base();
  file.mine = "mine";
  file.diskEvent({ content: "theirs", version: "v2" });
  assert.deepEqual(file.diskEvent({ content: "one", version: "v1" }), { kind: "nothing" });
  assert.equal(file.theirs, null);
  assert.equal(file.mine, "mine");
});

test("the event of the page's own save is no change, before or after the response", () => {
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

test("text typed during a save is kept, and sent once by the next save", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  file.mine = "three";
  assert.equal(file.beginSave(), null, "one at a time");
  file.saveSucceeded("v2");
  assert.deepEqual(file.beginSave(), { content: "three", version: "v2" });
});

test("a late event of an earlier save reloads the file and is not shown", () => {
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

test("a change from outside during a save reloads the file afterwards", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  assert.deepEqual(file.diskEvent({ content: "theirs", version: "v9" }), { kind: "nothing" });
  assert.deepEqual(file.saveSucceeded("v2"), { kind: "reload" });
});

test("a failed save leaves the state as it was", () => {
  const file = base();
  file.mine = "two";
  file.beginSave();
  assert.deepEqual(file.saveFailed(), { kind: "nothing" });
  assert.deepEqual(file.beginSave(), { content: "two", version: "v1" });
});

test("a file that is no text is a conflict, not an empty file", () => {
  const file = base();
  assert.deepEqual(file.diskEvent({ content: null, version: "v2" }), { kind: "conflict" });
  assert.equal(file.beginSave(), null);
});

test("a deleted file can be written again from the editor", () => {
  const file = base();
  file.diskEvent({ content: null, version: null });
  file.keepMine();
  assert.deepEqual(file.beginSave(), { content: "one", version: null });
});
