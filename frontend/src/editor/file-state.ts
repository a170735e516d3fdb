/**
 * The state of a file that is in the editor and on the disk: for each change of one of the two,
 * what is to be done about the other. Pure logic, without timers, network or DOM.
 */

import type { Disk } from "../connection/wire";

/** What is to be done about a change on the disk. */
export type Action =
  | { kind: "nothing" }
  /** Show this content in the editor; the editor has no unsaved change that it would replace. */
  | { kind: "apply"; content: string }
  /** Both were changed: the learner chooses one. */
  | { kind: "conflict" }
  /** The order of two changes is unknown: read the file from the course. */
  | { kind: "reload" };

/** A content and its version on the disk. */
export interface Base {
  content: string;
  version: string | null;
}

const NOTHING: Action = { kind: "nothing" };
/** How many of its own versions a page remembers. */
const REMEMBERED = 50;

export class FileState {
  /** The version on the disk from which the editor's content was made. */
  base: Base;
  /** The editor's content. */
  mine: string;
  /** The file on the disk while it conflicts with the editor's content; else null. */
  theirs: Disk | null = null;
  /** What is being written to the disk. */
  private sending: Base | null = null;
  /** An event reported another change while a save was under way. */
  private unsure = false;
  /** Versions that this page has written: an event about one of them may arrive late. */
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

  /**
   * The content to write now and the version that it replaces; null when there is nothing to write
   * or it must wait.
   */
  beginSave(): Base | null {
    if (!this.dirty || this.sending || this.theirs) return null;
    this.sending = { content: this.mine, version: this.base.version };
    return this.sending;
  }

  /** The content of `beginSave` is on the disk, as `version`. */
  saveSucceeded(version: string): Action {
    if (this.sending) this.base = { content: this.sending.content, version };
    this.own.push(version);
    if (this.own.length > REMEMBERED) this.own.shift();
    return this.saveEnded();
  }

  /** The content of `beginSave` was not written. */
  saveFailed(): Action {
    return this.saveEnded();
  }

  /** An event reports that the disk holds this; the event may be late. */
  diskEvent(disk: Disk): Action {
    if (this.sending) {
      if (disk.content !== this.sending.content) this.unsure = true;
      return NOTHING;
    }
    if (disk.version !== this.base.version && this.own.includes(disk.version)) {
      return { kind: "reload" };
    }
    return this.diskRead(disk);
  }

  /** The disk holds this now: the file was just read. */
  diskRead(disk: Disk): Action {
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
      const action: Action =
        disk.content === this.mine ? NOTHING : { kind: "apply", content: disk.content };
      this.base = found;
      this.mine = disk.content;
      this.theirs = null;
      return action;
    }
    if (disk.content === this.base.content) {
      this.base = found;
      this.theirs = null;
      return NOTHING;
    }
    this.theirs = disk;
    return { kind: "conflict" };
  }

  /**
   * The learner chose the editor's content: the next `beginSave` writes it over the one on the
   * disk.
   */
  keepMine(): void {
    if (this.theirs)
      this.base = { content: this.theirs.content ?? "", version: this.theirs.version };
    this.theirs = null;
  }

  /** The learner chose the content on the disk; gives it, for the editor. */
  takeTheirs(): string {
    const content = this.theirs?.content ?? this.base.content;
    if (this.theirs) this.base = { content, version: this.theirs.version };
    this.theirs = null;
    this.mine = content;
    return content;
  }

  /** The file on the disk was reset or restored; gives its content, for the editor. */
  replaced(base: Base): string {
    this.own.push(base.version);
    this.theirs = { ...base };
    return this.takeTheirs();
  }

  private saveEnded(): Action {
    this.sending = null;
    const reload = this.unsure;
    this.unsure = false;
    return reload ? { kind: "reload" } : NOTHING;
  }
}
