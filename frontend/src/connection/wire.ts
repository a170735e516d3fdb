/**
 * The shapes of the JSON that the course and its pages send each other: those of the dataclasses in workshop/live and
 * workshop/report. A test compares them field by field. All fields are sent; those with a ? are none that a page relies on.
 */

export type Outcome = "pass" | "fail" | "error";

export interface Line {
  file: string;
  number: number;
  function: string;
  code: string;
  start: number;
  end: number;
}

export interface Advice {
  key: string;
  sentence: string;
  action: string;
  line: Line | null;
}

export interface Part {
  where: string;
  came: string | null;
  wanted: string | null;
}

export interface Difference {
  operator: string;
  came: string;
  wanted: string;
  start: number;
  came_end: number;
  wanted_end: number;
  parts: Part[];
}

export interface Message {
  start: string;
  headers: [string, string][];
  body: string;
  size: number;
}

export interface Mark {
  part: string;
  start: number;
  end: number;
}

export interface ServerHalf {
  route: string | null;
  handler: string | null;
  place: Line | null;
  nearest: string[];
  middlewares: string[];
  error: string | null;
  traceback: Line[];
  log: string[];
  /** The line that made the answer, by `return` or by `raise`. */
  answered: Line | null;
  /** The `if`, `except` or `case` around that line. */
  condition: Line | null;
}

export interface Frame {
  sent: boolean;
  kind: string;
  data: string;
}

export interface Exchange {
  request: Message;
  response: Message | null;
  server: ServerHalf | null;
  curl: string;
  marks: Mark[];
  frames: Frame[];
  inner: boolean;
}

/** One that the course sent to an app; `seconds` is how long it took. */
export interface SentExchange extends Exchange {
  seconds: number;
}

export interface Stall {
  seconds: number;
  line: Line | null;
}

/** What a task did for a while; times are seconds since the picture begins. */
export interface Span {
  row: string;
  kind: "waits" | "runs" | "blocks";
  begin: number;
  end: number;
}

export interface Check {
  name: string;
  sentence: string;
  status: Outcome;
  message: string | null;
  output: string;
  test_code?: string;
  seconds?: number;
  hints: string[];
  difference: Difference | null;
  advice: Advice | null;
  exchanges: Exchange[];
  traceback: Line[];
  stalls: Stall[];
  /** What the tasks did around the longest stall. */
  spans?: Span[];
  /** The learner's line that gave what was compared, else what the check called last. */
  last?: Line | null;
}

export interface Report {
  version?: number;
  step?: string;
  exercise?: string;
  status: Outcome;
  message: string | null;
  tests: Check[];
  advice: Advice | null;
  output: string;
  seconds: number;
  /** The SHA-256 of the file that was checked. */
  source?: string;
  /** The learner's line that `message` is about. */
  place?: Line | null;
}

export interface ExerciseFacts {
  key: string;
  name: string;
  step: string;
  title: string;
  number: number;
  minutes: number;
  when: "room" | "home" | "stretch";
  /** It has passed once. */
  done: boolean;
  /** The file as it lies there has passed. */
  passes: boolean;
  /** How often it was checked. */
  checks: number;
  outcome: Outcome | null;
  passed: number;
  of: number;
  page: string;
  file: string;
  is_app: boolean;
}

export interface StepFacts {
  label: string;
  folder: string;
  title: string;
  page: string;
  app: boolean;
}

export interface State {
  exercises: ExerciseFacts[];
  steps: StepFacts[];
  next: string | null;
  notice: string | null;
  /** Those that run. */
  apps: AppFacts[];
}

/** A file as it lies on the disk; `content` is null when it is no text, `version` when it is not there. */
export interface Disk {
  content: string | null;
  version: string | null;
  notice?: string | null;
}

export interface Previous {
  title: string;
  file: string;
  content: string;
}

export interface Kept {
  name: string;
  when: string;
}

export interface ExerciseState extends Disk {
  key: string;
  file: string;
  stub: string;
  previous: Previous | null;
  report: Report | null;
  hints: Record<string, string[]>;
  hints_left: Record<string, number>;
  solution: string | null;
  earned: boolean;
  kept: Kept[];
}

/** What taking a file with progress changes; paths as the learner knows them. */
export interface Taking {
  exercises: number;
  written: string[];
  /** Those of the written that hold something of the learner's own. */
  replaced: string[];
  /** Files of exercises that this course does not have. */
  unknown: string[];
}

export interface AppFacts {
  name: string;
  address: string | null;
  state: "starting" | "running" | "stopped" | "failed";
}

export interface AppState extends AppFacts {
  port: number | null;
  log: string[];
  /** How many lines it has printed by now. */
  printed: number;
  /** False when the app lets no page show it in a frame; null while that is not known. */
  framed: boolean | null;
  /** Why an older app goes on, when what was saved last does not load. */
  notice: string | null;
}

export interface AppRequest {
  app: string;
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
}

export interface AppResult {
  exchange: SentExchange | null;
  error: string | null;
}

export interface StateEvent extends State {
  kind: "state" | "progress";
}

export interface SavedEvent extends Disk {
  kind: "saved";
  key: string;
  passes: boolean;
}

export interface CheckingEvent {
  kind: "checking";
  key: string;
  version: string | null;
}

export interface ReportEvent {
  kind: "report";
  key: string;
  version: string | null;
  report: Report;
  done: boolean;
  passes: boolean;
  next: string | null;
}

export interface NoticeEvent {
  kind: "notice";
  key: string;
  message: string;
}

export interface AppEvent extends AppState {
  kind: "app";
}

export interface LogEvent {
  kind: "log";
  name: string;
  lines: string[];
  printed: number;
}

export interface ByeEvent {
  kind: "bye";
}

export interface PongEvent {
  kind: "pong";
}

export interface ErrorEvent {
  kind: "error";
  message: string;
}

export type CourseEvent =
  | StateEvent
  | SavedEvent
  | CheckingEvent
  | ReportEvent
  | NoticeEvent
  | AppEvent
  | LogEvent
  | ByeEvent
  | PongEvent
  | ErrorEvent;
