/** A learner's file in two places, the editor and the disk: what happened to it, and what to do. */

import type { Disk } from "../connection/wire";

/** What is to be done about a change on the disk. */
export type Todo =
  | { kind: "nothing" }
  /** Show this content in the editor: nothing of the learner's is lost by it. */
  | { kind: "apply"; content: string }
  /** Both were changed: ask which one it is to be. */
  | { kind: "conflict" }
  /** It cannot be told what came last: ask for the file. */
  | { kind: "look" };

export interface Base {
  content: string;
  version: string | null;
}

const NOTHING: Todo = { kind: "nothing" };
const REMEMBERED = 50;

export class FileState {
  base: Base;
  mine: string;
  theirs: Disk | null = null;
  private sending: Base | null = null;
  /** A change was heard of while ours was on its way. */
  private unsure = false;
  /** Versions that this page has written: an event about one of them may be late. */
  private readonly own: (string | null)[] = [];

  constructor(base: Base, mine: string = base.content) {
    this.base = base;
    this.mine = mine;
  }

  get dirty(): boolean {
    return this.mine !== this.base.content;
  }

  get saving(): boolean {
    return this.sending !== null;
  }

  /** The content and version to write now; null when there is nothing, or it is not the time. */
  send(): Base | null {
    if (!this.dirty || this.sending || this.theirs) return null;
    this.sending = { content: this.mine, version: this.base.version };
    return this.sending;
  }

  /** What was sent is on the disk. */
  sent(version: string): Todo {
    if (this.sending) this.base = { content: this.sending.content, version };
    this.own.push(version);
    if (this.own.length > REMEMBERED) this.own.shift();
    return this.settle();
  }

  /** What was sent did not get there. */
  failed(): Todo {
    return this.settle();
  }

  /** An event told of a change on the disk. */
  heard(disk: Disk): Todo {
    if (this.sending) {
      if (disk.content !== this.sending.content) this.unsure = true;
      return NOTHING;
    }
    if (disk.version !== this.base.version && this.own.includes(disk.version)) {
      return { kind: "look" };
    }
    return this.seen(disk);
  }

  /** The disk holds this now, for certain. */
  seen(disk: Disk): Todo {
    if (this.sending) {
      this.unsure = true;
      return NOTHING;
    }
    if (disk.content === null) {
      this.theirs = disk;
      return { kind: "conflict" };
    }
    const found = { content: disk.content, version: disk.version };
    if (disk.content === this.mine || !this.dirty) {
      const todo: Todo =
        disk.content === this.mine ? NOTHING : { kind: "apply", content: disk.content };
      this.base = found;
      this.mine = disk.content;
      this.theirs = null;
      return todo;
    }
    if (disk.content === this.base.content) {
      this.base = found;
      this.theirs = null;
      return NOTHING;
    }
    this.theirs = disk;
    return { kind: "conflict" };
  }

  /** Mine it is: the next `send` writes it over theirs. */
  keepMine(): void {
    if (this.theirs)
      this.base = { content: this.theirs.content ?? "", version: this.theirs.version };
    this.theirs = null;
  }

  /** Theirs it is; gives it, for the editor. */
  takeTheirs(): string {
    const content = this.theirs?.content ?? this.base.content;
    if (this.theirs) this.base = { content, version: this.theirs.version };
    this.theirs = null;
    this.mine = content;
    return content;
  }

  /** The file was replaced because the learner asked for it. */
  replaced(base: Base): string {
    this.own.push(base.version);
    this.theirs = { ...base };
    return this.takeTheirs();
  }

  private settle(): Todo {
    this.sending = null;
    const look = this.unsure;
    this.unsure = false;
    return look ? { kind: "look" } : NOTHING;
  }
}
