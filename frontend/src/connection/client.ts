/** The client of a course server on this machine: `fetch` and a websocket. */

import { keyHeaders, keyProtocols } from "./access-key";
import type { AccessKey } from "./access-key";
import type { ConnectionState, Course, Replaced } from "./course";
import { Unreachable, errorFrom } from "./errors";
import type { ErrorBody } from "./errors";
import { ReconnectingSocket } from "./socket";
import type {
  AppRequest,
  AppResult,
  AppState,
  CourseEvent,
  ExerciseState,
  Report,
  State,
  Taking,
} from "./wire";

/** Characters of a body that a browser finishes sending after its page was closed (`keepalive`). */
const KEEPALIVE_LIMIT = 20_000;
/** Milliseconds to wait for the report of a check. */
const CHECK_TIMEOUT = 120_000;

export class CourseClient implements Course {
  private readonly listeners: ((event: CourseEvent) => void)[] = [];
  private readonly watchers: ((state: ConnectionState) => void)[] = [];
  private readonly socket: ReconnectingSocket;
  private connected = false;
  /** A course answers and refuses the key. */
  private locked = false;

  constructor(
    private readonly origin: string,
    private readonly key: AccessKey,
  ) {
    const address = new URL("/live/socket", origin);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const connect = (): WebSocket => new WebSocket(address, keyProtocols(key.value ?? ""));
    this.socket = new ReconnectingSocket(connect, {
      message: (data) => this.receive(data as CourseEvent),
      connection: (state) => void this.connectionChanged(state),
    });
    key.onChange(() => this.socket.retryNow());
  }

  open(): void {
    this.socket.open();
  }

  onEvent(listener: (event: CourseEvent) => void): void {
    this.listeners.push(listener);
  }

  onConnection(listener: (state: ConnectionState) => void): void {
    this.watchers.push(listener);
  }

  state(): Promise<State> {
    return this.fetchJson("GET", "state");
  }

  exercise(key: string): Promise<ExerciseState> {
    return this.fetchJson("GET", `exercises/${key}`);
  }

  save(key: string, content: string, version: string | null): Promise<{ version: string }> {
    return this.fetchJson("PUT", `exercises/${key}`, { content, version });
  }

  setCurrent(key: string): void {
    this.socket.send({ kind: "at", key });
  }

  async check(key: string): Promise<Report> {
    const report = this.nextReport(key);
    report.catch(() => undefined); // the request below says why
    await this.fetchJson("POST", `exercises/${key}/check`, {});
    return report;
  }

  hint(key: string, check: string): Promise<{ hints: string[]; left: number }> {
    return this.fetchJson("POST", `exercises/${key}/hint`, { check });
  }

  solution(key: string): Promise<{ content: string }> {
    return this.fetchJson("POST", `exercises/${key}/solution`, {});
  }

  reset(key: string, version: string | null): Promise<Replaced> {
    return this.fetchJson("POST", `exercises/${key}/reset`, { version });
  }

  restore(key: string, kept: string): Promise<Replaced> {
    return this.fetchJson("POST", `exercises/${key}/restore`, { kept });
  }

  startApp(name: string): Promise<AppState> {
    return this.fetchJson("PUT", `apps/${name}`, {});
  }

  stopApp(name: string): Promise<AppState> {
    return this.fetchJson("DELETE", `apps/${name}`, {});
  }

  app(name: string): Promise<AppState> {
    return this.fetchJson("GET", `apps/${name}`);
  }

  request(ask: AppRequest): Promise<AppResult> {
    return this.fetchJson("POST", "requests", ask);
  }

  async exportProgress(): Promise<Blob> {
    return (await this.send("GET", "progress")).blob();
  }

  previewImport(file: Blob): Promise<Taking> {
    return this.fetchJson("POST", "progress", file);
  }

  importProgress(file: Blob): Promise<Taking> {
    return this.fetchJson("PUT", "progress", file);
  }

  private async fetchJson<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    return (await response.json().catch(() => ({}))) as T;
  }

  /** Send JSON or, as it is, a file; rejects with a `CourseError` unless the status is 2xx. */
  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
    const type = body instanceof Blob ? body.type : "application/json";
    let response: Response;
    try {
      response = await fetch(new URL(`/live/${path}`, this.origin), {
        method,
        credentials: "omit",
        cache: "no-store",
        keepalive: method === "PUT" && typeof sent === "string" && sent.length < KEEPALIVE_LIMIT,
        headers: {
          ...keyHeaders(this.key.value ?? ""),
          ...(sent === undefined ? {} : { "Content-Type": type }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
    } catch {
      throw new Unreachable("The course does not answer. Is python -m workshop still running?");
    }
    if (response.ok) return response;
    throw errorFrom(response.status, (await response.json().catch(() => ({}))) as ErrorBody);
  }

  private nextReport(key: string): Promise<Report> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(limit);
        this.listeners.splice(this.listeners.indexOf(listener), 1);
      };
      const listener = (event: CourseEvent): void => {
        if (event.kind !== "report" || event.key !== key) return;
        end();
        resolve(event.report);
      };
      const limit = setTimeout(() => {
        end();
        reject(new Unreachable("No verdict came. Look at the terminal in which the course runs."));
      }, CHECK_TIMEOUT);
      this.listeners.push(listener);
    });
  }

  private receive(event: CourseEvent): void {
    if (event.kind === "state") this.notify("connected");
    for (const listener of [...this.listeners]) listener(event);
  }

  /**
   * A websocket does not say why it was refused, so an HTTP request asks: the key may be of an
   * older course.
   */
  private async connectionChanged(state: ConnectionState): Promise<void> {
    if (state === "connecting" || state === "connected") return this.notify(state);
    if (!this.locked) this.notify(state);
    this.locked = await this.isKeyRefused();
    if (!this.connected) this.notify(this.locked ? "locked" : state);
  }

  private async isKeyRefused(): Promise<boolean> {
    try {
      await this.state();
      return false;
    } catch (error) {
      return !(error instanceof Unreachable);
    }
  }

  private notify(state: ConnectionState): void {
    this.connected = state === "connected";
    if (this.connected) this.locked = false;
    for (const watcher of this.watchers) watcher(state);
  }
}
