import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Conflict, Unreachable } from "../src/connection/errors";
import type { Disk } from "../src/connection/wire";
import { Drafts } from "../src/editor/drafts";
import { AUTOSAVE_DELAY, FileSync } from "../src/editor/file-sync";

class Memory {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}

/** A disk with one file, whose version is its content. */
class Fake {
  content = "one";
  running = true;
  writes = 0;

  async save(_: string, content: string, version: string | null): Promise<{ version: string }> {
    if (!this.running) throw new Unreachable("away");
    if (version !== this.content)
      throw new Conflict("another", { content: this.content, version: this.content });
    this.writes += 1;
    this.content = content;
    return { version: content };
  }

  async exercise(): Promise<never> {
    if (!this.running) throw new Unreachable("away");
    return { content: this.content, version: this.content } as never;
  }
}

function setUp(memory = new Memory(), auto = true) {
  const disk = new Fake();
  const seen = { shown: [] as string[], saved: "", theirs: null as Disk | null };
  const sync = new FileSync(
    disk,
    "step01/a",
    { content: disk.content, version: disk.content },
    new Drafts(memory as unknown as Storage),
    {
      setContent: (content) => {
        seen.shown.push(content);
        sync.edited(content);
      },
      showSaveState: (state) => (seen.saved = state),
      showConflict: (theirs) => (seen.theirs = theirs),
    },
    () => auto,
  );
  sync.begin();
  return { disk, sync, seen, memory };
}

test("autosave writes once, after a pause in typing", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { disk, sync, seen } = setUp();
    sync.edited("t");
    mock.timers.tick(AUTOSAVE_DELAY - 1);
    sync.edited("two");
    mock.timers.tick(AUTOSAVE_DELAY - 1);
    assert.equal(disk.writes, 0);
    assert.equal(seen.saved, "unsaved");
    mock.timers.tick(1);
    await new Promise(setImmediate);
    assert.equal(disk.content, "two");
    assert.equal(disk.writes, 1);
    assert.equal(seen.saved, "saved");
  } finally {
    mock.timers.reset();
  }
});

test("without autosave a file is written by save() alone", async () => {
  const { disk, sync } = setUp(new Memory(), false);
  sync.edited("two");
  assert.equal(disk.writes, 0);
  assert.equal(await sync.save(), true);
  assert.equal(disk.content, "two");
});

test("a save over a change from outside is a conflict with both versions", async () => {
  const { disk, sync, seen } = setUp(new Memory(), false);
  sync.edited("mine");
  disk.content = "theirs";
  assert.equal(await sync.save(), false);
  assert.equal(seen.theirs?.content, "theirs");
  assert.equal(disk.content, "theirs");
  await sync.keepMine();
  assert.equal(disk.content, "mine");
  assert.equal(seen.theirs, null);
});

test("edits survive a course that does not answer and a reload of the page", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { disk, sync, seen, memory } = setUp(new Memory(), false);
  disk.running = false;
  sync.edited("two");
  assert.equal(await sync.save(), false);
  assert.equal(seen.saved, "away");
  const again = setUp(memory, false);
  assert.deepEqual(again.seen.shown, ["two"]);
  assert.equal(again.seen.saved, "unsaved");
  assert.equal(await again.sync.save(), true);
  assert.equal(memory.kept.size, 0, "no draft is left of what is saved");
});

for (const auto of [true, false]) {
  test(`a failed save is repeated after a delay${auto ? "" : ", also without autosave"}`, async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { disk, sync, seen } = setUp(new Memory(), auto);
    disk.running = false;
    sync.edited("two");
    await sync.save();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      context.mock.timers.tick(15_000);
      await new Promise(setImmediate);
    }
    assert.equal(seen.saved, "away");
    disk.running = true;
    context.mock.timers.tick(15_000);
    await new Promise(setImmediate);
    assert.equal(disk.content, "two");
    assert.equal(seen.saved, "saved");
  });
}

test("a failed save is repeated as soon as the page has connected again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { disk, sync, seen } = setUp(new Memory(), false);
  disk.running = false;
  sync.edited("two");
  await sync.save();
  disk.running = true;
  sync.compare(await disk.exercise());
  await new Promise(setImmediate);
  assert.equal(disk.content, "two");
  assert.equal(seen.saved, "saved");
});

test("without autosave a reconnect does not write edits that were never saved", async () => {
  const { disk, sync } = setUp(new Memory(), false);
  sync.edited("two");
  sync.compare(await disk.exercise());
  await new Promise(setImmediate);
  assert.equal(disk.content, "one");
});

test("a draft is a conflict when the file on the disk was changed meanwhile", () => {
  const memory = new Memory();
  new Drafts(memory as unknown as Storage).write("step01/a", { content: "mine", version: "older" });
  const { seen, disk } = setUp(memory, false);
  assert.equal(seen.theirs?.content, "one");
  assert.equal(disk.content, "one");
  assert.deepEqual(seen.shown, ["mine"]);
});

test("after a reconnect the file is compared with the one on the disk", async () => {
  const { disk, sync, seen } = setUp(new Memory(), false);
  disk.content = "elsewhere";
  sync.compare(await disk.exercise());
  assert.deepEqual(seen.shown, ["elsewhere"]);
});

test("a second save waits for the first and then writes", async () => {
  const { disk, sync } = setUp(new Memory(), false);
  sync.edited("two");
  const first = sync.save();
  sync.edited("three");
  assert.equal(await sync.save(), true);
  await first;
  assert.equal(disk.content, "three");
  assert.equal(disk.writes, 2);
});
