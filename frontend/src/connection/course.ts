/** The interface of a course: what the pages can ask it and what it reports to them. */

import type {
  AppRequest,
  AppResult,
  AppState,
  CourseEvent,
  Disk,
  ExerciseState,
  Report,
  State,
  Taking,
} from "./wire";

/**
 * `connecting`: the first attempt is under way. `away`: the course does not answer. `ended`: it
 * said that it stops. `locked`: a course answers but refuses this page's key, because it was
 * started anew. `shut`: this browser never had a key.
 */
export type ConnectionState = "connecting" | "connected" | "away" | "ended" | "locked" | "shut";

/** Each method rejects with a `CourseError`: `Unreachable` when the course does not answer. */
export interface Course {
  /** Connect; events and changes of the connection are reported from now on. */
  open(): void;
  onEvent(listener: (event: CourseEvent) => void): void;
  onConnection(listener: (state: ConnectionState) => void): void;

  state(): Promise<State>;
  exercise(key: string): Promise<ExerciseState>;
  /**
   * Write a file whose content on the disk is `version`; rejects with `Conflict` when it is another
   * one. Lines end in "\n".
   */
  save(key: string, content: string, version: string | null): Promise<{ version: string }>;
  /** The learner is working on this exercise: the course prepares to check it next. */
  setCurrent(key: string): void;
  /** Check the file as it is on the disk; gives the next report on it. */
  check(key: string): Promise<Report>;

  hint(key: string, check: string): Promise<{ hints: string[]; left: number }>;
  /**
   * Rejects with `NotEarned` the first time that it is asked for before the exercise has passed.
   */
  solution(key: string): Promise<{ content: string }>;
  /** Write the file as it was handed out; a copy of its content is kept. */
  reset(key: string, version: string | null): Promise<Replaced>;
  /** Write a kept copy over the file; a copy of its content is kept. */
  restore(key: string, kept: string): Promise<Replaced>;

  startApp(name: string): Promise<AppState>;
  stopApp(name: string): Promise<AppState>;
  app(name: string): Promise<AppState>;
  /** Send an HTTP request to a running app. */
  request(ask: AppRequest): Promise<AppResult>;

  /** The learner's progress and files as one ZIP archive. */
  exportProgress(): Promise<Blob>;
  /** What an import of this file would change; nothing is changed. */
  previewImport(file: Blob): Promise<Taking>;
  /** Import a file with progress; copies of the files that it replaces are kept. */
  importProgress(file: Blob): Promise<Taking>;
}

/**
 * A file that was replaced: its new content, and the name of the copy of the old content (null:
 * none was needed).
 */
export interface Replaced extends Disk {
  content: string;
  kept: string | null;
}
