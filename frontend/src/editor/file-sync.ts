/** One file in the editor and on the disk, kept the same: autosave, outside changes, conflicts. */

import { delay } from "../connection/backoff";
import { Away, Conflict, CourseError } from "../connection/course";
import type { Course, Replaced } from "../connection/course";
import type { Disk } from "../connection/wire";
import type { Drafts } from "./drafts";
import { FileState } from "./file-state";
import type { Base, Todo } from "./file-state";

export const PAUSE = 600;

export type Saved = "saved" | "unsaved" | "saving" | "away" | "refused" | "conflict" | "missing";

export interface Face {
  /** Put this content into the editor; it is not an edit of the learner's. */
  show(content: string): void;
  saved(state: Saved, message: string): void;
  /** Ask which of the two it is to be; null when that is over. */
  conflict(theirs: Disk | null, mine: string): void;
}

type Files = Pick<Course, "save" | "exercise">;

export class Pad {
  readonly file: FileState;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> | null = null;
  private trouble: [Saved, string] | null = null;
  /** What was to be saved did not get there, so often by now: it is tried again. */
  private attempt = 0;

  constructor(
    private readonly course: Files,
    private readonly key: string,
    disk: Disk,
    private readonly drafts: Drafts,
    private readonly face: Face,
    private readonly auto: () => boolean,
  ) {
    this.file = new FileState({ content: disk.content ?? "", version: disk.version });
    if (disk.content === null) this.file.theirs = disk;
  }

  /** Take up the draft of an earlier visit, if there is one; call once the face is ready. */
  begin(): void {
    const draft = this.drafts.read(this.key);
    if (draft && draft.content !== this.file.base.content) {
      this.file.mine = draft.content;
      this.face.show(draft.content);
      if (draft.version !== this.file.base.version) this.file.theirs = { ...this.file.base };
    }
    this.tell();
    this.plan();
  }

  /** Whether the editor holds what the disk does not. */
  get unsaved(): boolean {
    return this.file.dirty;
  }

  edited(content: string): void {
    this.file.mine = content;
    this.trouble = null;
    this.attempt = 0;
    this.tell();
    this.plan();
  }

  /** Write what is unsaved; true when the disk now holds what the editor does. */
  async save(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.writing) await this.writing;
    const sending = this.file.send();
    if (!sending) return !this.file.dirty;
    this.trouble = null;
    this.tell();
    this.writing = this.write(sending);
    await this.writing;
    this.writing = null;
    this.tell();
    if (this.trouble) this.retry();
    else this.plan();
    return !this.file.dirty;
  }

  /** Try again by and by; a connection that is there again tries at once. */
  private retry(): void {
    if (this.trouble?.[0] === "away") {
      this.timer = setTimeout(() => void this.save(), delay(this.attempt));
    }
    this.attempt += 1;
  }

  private async write(sending: Base): Promise<void> {
    try {
      const { version } = await this.course.save(this.key, sending.content, sending.version);
      this.attempt = 0;
      this.follow(this.file.sent(version));
    } catch (error) {
      this.follow(this.file.failed());
      if (error instanceof Conflict) this.follow(this.file.seen(error.disk));
      else this.trouble = [error instanceof Away ? "away" : "refused", words(error)];
    }
  }

  /** The disk changed. */
  heard(disk: Disk): void {
    this.follow(this.file.heard(disk));
    this.tell();
  }

  /** It cannot be told what came last: ask. */
  private async look(): Promise<void> {
    try {
      this.compare(await this.course.exercise(this.key));
    } catch (error) {
      this.trouble = ["away", words(error)];
      this.tell();
    }
  }

  /** The disk holds this now: show it, or what is unsaved goes there. */
  compare(disk: Disk): void {
    this.trouble = null;
    this.follow(this.file.seen(disk));
    this.tell();
    if (this.attempt && this.file.dirty && !this.file.theirs) void this.save();
    else this.plan();
  }

  async keepMine(): Promise<void> {
    this.file.keepMine();
    await this.save();
  }

  takeTheirs(): void {
    this.face.show(this.file.takeTheirs());
    this.tell();
  }

  /** The file was reset or restored. */
  replaced(by: Replaced): void {
    clearTimeout(this.timer);
    this.face.show(this.file.replaced(by));
    this.tell();
  }

  /** Save soon, if that is wished for. */
  plan(): void {
    clearTimeout(this.timer);
    if (this.auto() && this.file.dirty && !this.file.theirs) {
      this.timer = setTimeout(() => void this.save(), PAUSE);
    }
  }

  private follow(todo: Todo): void {
    if (todo.kind === "apply") this.face.show(todo.content);
    if (todo.kind === "look") void this.look();
  }

  private tell(): void {
    const { file } = this;
    this.drafts.write(
      this.key,
      file.dirty ? { content: file.mine, version: file.base.version } : null,
    );
    this.face.conflict(file.theirs, file.mine);
    if (file.theirs?.content === null) this.face.saved("missing", "");
    else if (file.theirs) this.face.saved("conflict", "");
    else if (file.saving) this.face.saved("saving", "");
    else if (this.trouble && file.dirty) this.face.saved(...this.trouble);
    else this.face.saved(file.dirty ? "unsaved" : "saved", "");
  }
}

function words(error: unknown): string {
  return error instanceof CourseError
    ? error.message
    : `Something went wrong in the page: ${String(error)}`;
}
