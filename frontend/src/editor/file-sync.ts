/**
 * Keeps a file in the editor and on the disk equal: autosave, changes from outside, conflicts,
 * drafts.
 */

import type { Course, Replaced } from "../connection/course";
import { Conflict, CourseError, Unreachable } from "../connection/errors";
import { retryDelay } from "../connection/socket";
import type { Disk } from "../connection/wire";
import type { Drafts } from "./drafts";
import { FileState } from "./file-state";
import type { Action, Base } from "./file-state";

/** Milliseconds without typing after which a file is saved. */
export const AUTOSAVE_DELAY = 600;

export type SaveState =
  "saved" | "unsaved" | "saving" | "away" | "refused" | "conflict" | "missing";

/** What a `FileSync` shows to the learner. */
export interface SyncView {
  /** Put this content into the editor. */
  setContent(content: string): void;
  /** `message` is an error's, or empty. */
  showSaveState(state: SaveState, message: string): void;
  /** Show the conflict of `mine` with the file on the disk; null: there is none. */
  showConflict(theirs: Disk | null, mine: string): void;
}

type FileApi = Pick<Course, "save" | "exercise">;

export class FileSync {
  readonly file: FileState;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> | null = null;
  private failure: [SaveState, string] | null = null;
  /** How often in a row a save has failed. */
  private attempt = 0;

  constructor(
    private readonly course: FileApi,
    private readonly key: string,
    disk: Disk,
    private readonly drafts: Drafts,
    private readonly view: SyncView,
    private readonly isAutosave: () => boolean,
  ) {
    this.file = new FileState({ content: disk.content ?? "", version: disk.version });
    if (disk.content === null) this.file.theirs = disk;
  }

  /**
   * Restore the draft of an earlier visit, if there is one; to be called once the view is ready.
   */
  begin(): void {
    const draft = this.drafts.read(this.key);
    if (draft && draft.content !== this.file.base.content) {
      this.file.mine = draft.content;
      this.view.setContent(draft.content);
      if (draft.version !== this.file.base.version) this.file.theirs = { ...this.file.base };
    }
    this.update();
    this.scheduleSave();
  }

  /** Whether the editor's content differs from the one on the disk. */
  get unsaved(): boolean {
    return this.file.dirty;
  }

  /** The learner changed the editor's content. */
  edited(content: string): void {
    this.file.mine = content;
    this.failure = null;
    this.attempt = 0;
    this.update();
    this.scheduleSave();
  }

  /** Write an unsaved content; true when the disk now holds the editor's content. */
  async save(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.writing) await this.writing;
    const sending = this.file.beginSave();
    if (!sending) return !this.file.dirty;
    this.failure = null;
    this.update();
    this.writing = this.write(sending);
    await this.writing;
    this.writing = null;
    this.update();
    if (this.failure) this.scheduleRetry();
    else this.scheduleSave();
    return !this.file.dirty;
  }

  /** Save again after a delay; `compare` does so at once when there is a connection again. */
  private scheduleRetry(): void {
    if (this.failure?.[0] === "away") {
      this.timer = setTimeout(() => void this.save(), retryDelay(this.attempt));
    }
    this.attempt += 1;
  }

  private async write(sending: Base): Promise<void> {
    try {
      const { version } = await this.course.save(this.key, sending.content, sending.version);
      this.attempt = 0;
      this.perform(this.file.saveSucceeded(version));
    } catch (error) {
      this.perform(this.file.saveFailed());
      if (error instanceof Conflict) this.perform(this.file.diskRead(error.disk));
      else
        this.failure = [error instanceof Unreachable ? "away" : "refused", failureMessage(error)];
    }
  }

  /** An event reports a change on the disk. */
  diskEvent(disk: Disk): void {
    this.perform(this.file.diskEvent(disk));
    this.update();
  }

  /** Read the file from the course. */
  private async reload(): Promise<void> {
    try {
      this.compare(await this.course.exercise(this.key));
    } catch (error) {
      this.failure = ["away", failureMessage(error)];
      this.update();
    }
  }

  /** The disk holds this now: show it, or write an unsaved content over it. */
  compare(disk: Disk): void {
    this.failure = null;
    this.perform(this.file.diskRead(disk));
    this.update();
    if (this.attempt && this.file.dirty && !this.file.theirs) void this.save();
    else this.scheduleSave();
  }

  /** End a conflict: the editor's content is written over the one on the disk. */
  async keepMine(): Promise<void> {
    this.file.keepMine();
    await this.save();
  }

  /** End a conflict: the content on the disk replaces the editor's. */
  takeTheirs(): void {
    this.view.setContent(this.file.takeTheirs());
    this.update();
  }

  /** The file on the disk was reset or restored. */
  replaced(by: Replaced): void {
    clearTimeout(this.timer);
    this.view.setContent(this.file.replaced(by));
    this.update();
  }

  /** Save after a pause if autosave is on. */
  scheduleSave(): void {
    clearTimeout(this.timer);
    if (this.isAutosave() && this.file.dirty && !this.file.theirs) {
      this.timer = setTimeout(() => void this.save(), AUTOSAVE_DELAY);
    }
  }

  private perform(action: Action): void {
    if (action.kind === "apply") this.view.setContent(action.content);
    if (action.kind === "reload") void this.reload();
  }

  /** Store the draft, and show the state. */
  private update(): void {
    const { file } = this;
    this.drafts.write(
      this.key,
      file.dirty ? { content: file.mine, version: file.base.version } : null,
    );
    this.view.showConflict(file.theirs, file.mine);
    if (file.theirs?.content === null) this.view.showSaveState("missing", "");
    else if (file.theirs) this.view.showSaveState("conflict", "");
    else if (file.saving) this.view.showSaveState("saving", "");
    else if (this.failure && file.dirty) this.view.showSaveState(...this.failure);
    else this.view.showSaveState(file.dirty ? "unsaved" : "saved", "");
  }
}

function failureMessage(error: unknown): string {
  return error instanceof CourseError
    ? error.message
    : `Something went wrong in the page: ${String(error)}`;
}
