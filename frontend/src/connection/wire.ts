/** What the course says: the shapes of its JSON. The reports are those of workshop/report. */

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
  answered?: Line | null;
  /** The `if`, `except` or `case` around that line. */
  condition?: Line | null;
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
  status: Outcome;
  message: string | null;
  tests: Check[];
  advice: Advice | null;
  output: string;
  seconds: number;
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

export interface Kept {
  name: string;
  when: string;
}

export interface ExerciseState extends Disk {
  key: string;
  file: string;
  stub: string;
  previous: { title: string; file: string; content: string } | null;
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
  framed?: boolean | null;
  /** Why an older app goes on, when what was saved last does not load. */
  notice?: string | null;
}

export interface Ask {
  app: string;
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
}

export interface Answer {
  exchange: { request: Message; response: Message | null; seconds: number; curl?: string } | null;
  error: string | null;
}

export type CourseEvent =
  | ({ kind: "state" | "progress" } & State)
  | {
      kind: "saved";
      key: string;
      content: string | null;
      version: string | null;
      notice?: string | null;
      passes?: boolean;
    }
  | { kind: "checking"; key: string }
  | { kind: "notice"; key: string; message: string }
  | {
      kind: "report";
      key: string;
      version: string | null;
      report: Report;
      done: boolean;
      passes: boolean;
      next: string | null;
    }
  | ({ kind: "app" } & AppState)
  | { kind: "log"; name: string; lines: string[]; printed: number }
  | { kind: "bye" | "pong" }
  | { kind: "error"; message: string };
