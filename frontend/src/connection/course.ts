/** What the pages ask of a course, wherever it runs: a server on this machine, or the page itself. */

import type {
  Answer,
  AppState,
  Ask,
  CourseEvent,
  Disk,
  ExerciseState,
  Report,
  State,
  Taking,
} from "./wire";

/** "locked": a course answers, but does not know this page; it was started anew. "shut": this browser was never let in. */
export type Connection = "connecting" | "connected" | "away" | "ended" | "locked" | "shut";

export interface Course {
  /** Begin; events and changes of the connection are told from now on. */
  open(): void;
  listen(listener: (event: CourseEvent) => void): void;
  onConnection(listener: (connection: Connection) => void): void;

  state(): Promise<State>;
  exercise(key: string): Promise<ExerciseState>;
  /** Write a file whose content on the disk is `version`; throws `Conflict` when it is another. Lines end in "\n". */
  save(key: string, content: string, version: string | null): Promise<{ version: string }>;
  /** The learner is at this exercise: it is likely to be checked next. */
  at(key: string): void;
  /** Check the file as it is on the disk; gives the next report on it. */
  check(key: string): Promise<Report>;

  hint(key: string, check: string): Promise<{ hints: string[]; left: number }>;
  /** Throws `NotEarned` the first time that it is asked for too early. */
  solution(key: string): Promise<{ content: string }>;
  reset(key: string, version: string | null): Promise<Replaced>;
  restore(key: string, kept: string): Promise<Replaced>;

  startApp(name: string): Promise<AppState>;
  stopApp(name: string): Promise<AppState>;
  app(name: string): Promise<AppState>;
  request(ask: Ask): Promise<Answer>;

  /** What is done and the files that it was done in, as one file to take along. */
  exportProgress(): Promise<Blob>;
  /** What taking such a file would change; nothing is. */
  lookAtProgress(file: Blob): Promise<Taking>;
  /** Take such a file; copies of what was there are kept. */
  importProgress(file: Blob): Promise<Taking>;
}

/** A file that was replaced: what it holds now, and the name of the copy of what it held, if that was worth one. */
export interface Replaced extends Disk {
  content: string;
  kept: string | null;
}

/** The course says no; the message is a sentence for the learner. */
export class CourseError extends Error {}

/** The course does not answer: it is not running, or the answer was lost. */
export class Away extends CourseError {}

/** The file on the disk is another than the one that was to be replaced. */
export class Conflict extends CourseError {
  constructor(
    message: string,
    readonly disk: Disk,
  ) {
    super(message);
  }
}

export class NotEarned extends CourseError {}
