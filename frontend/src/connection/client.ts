/** The course that a server on this machine runs: fetch and a websocket. */

import { headers, protocols } from "./access-key";
import type { Key } from "./access-key";
import { Away } from "./course";
import type { Connection, Course, Replaced } from "./course";
import { refusal } from "./refusal";
import type { Refusal } from "./refusal";
import { Socket } from "./socket";
import type {
  Answer,
  AppState,
  Ask,
  CourseEvent,
  ExerciseState,
  Report,
  State,
  Taking,
} from "./wire";

/** Characters of a body that a browser sends to its end though the page is left. */
const KEPT = 20_000;
const CHECK_LIMIT = 120_000;

export class LocalServer implements Course {
  private readonly listeners: ((event: CourseEvent) => void)[] = [];
  private readonly watchers: ((connection: Connection) => void)[] = [];
  private readonly socket: Socket;
  private connected = false;
  private locked = false;

  constructor(
    private readonly origin: string,
    private readonly key: Key,
  ) {
    const address = new URL("/live/socket", origin);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new Socket(() => new WebSocket(address, protocols(key.word ?? "")), {
      message: (data) => this.hear(data as CourseEvent),
      connection: (connection) => void this.weigh(connection),
    });
    key.onChange(() => this.socket.hurry());
  }

  open(): void {
    this.socket.open();
  }

  listen(listener: (event: CourseEvent) => void): void {
    this.listeners.push(listener);
  }

  onConnection(listener: (connection: Connection) => void): void {
    this.watchers.push(listener);
  }

  state(): Promise<State> {
    return this.ask("GET", "state");
  }

  exercise(key: string): Promise<ExerciseState> {
    return this.ask("GET", `exercises/${key}`);
  }

  save(key: string, content: string, version: string | null): Promise<{ version: string }> {
    return this.ask("PUT", `exercises/${key}`, { content, version });
  }

  at(key: string): void {
    this.socket.send({ kind: "at", key });
  }

  async check(key: string): Promise<Report> {
    const report = this.nextReport(key);
    report.catch(() => undefined); // the request itself says why
    await this.ask("POST", `exercises/${key}/check`, {});
    return report;
  }

  hint(key: string, check: string): Promise<{ hints: string[]; left: number }> {
    return this.ask("POST", `exercises/${key}/hint`, { check });
  }

  solution(key: string): Promise<{ content: string }> {
    return this.ask("POST", `exercises/${key}/solution`, {});
  }

  reset(key: string, version: string | null): Promise<Replaced> {
    return this.ask("POST", `exercises/${key}/reset`, { version });
  }

  restore(key: string, kept: string): Promise<Replaced> {
    return this.ask("POST", `exercises/${key}/restore`, { kept });
  }

  startApp(name: string): Promise<AppState> {
    return this.ask("PUT", `apps/${name}`, {});
  }

  stopApp(name: string): Promise<AppState> {
    return this.ask("DELETE", `apps/${name}`, {});
  }

  app(name: string): Promise<AppState> {
    return this.ask("GET", `apps/${name}`);
  }

  request(ask: Ask): Promise<Answer> {
    return this.ask("POST", "requests", ask);
  }

  async exportProgress(): Promise<Blob> {
    return (await this.send("GET", "progress")).blob();
  }

  lookAtProgress(file: Blob): Promise<Taking> {
    return this.ask("POST", "progress", file);
  }

  importProgress(file: Blob): Promise<Taking> {
    return this.ask("PUT", "progress", file);
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    return (await response.json().catch(() => ({}))) as T;
  }

  /** Send JSON, or a file as it is; the answer is a good one. */
  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
    const type = body instanceof Blob ? body.type : "application/json";
    let response: Response;
    try {
      response = await fetch(new URL(`/live/${path}`, this.origin), {
        method,
        credentials: "omit",
        cache: "no-store",
        keepalive: method === "PUT" && typeof sent === "string" && sent.length < KEPT,
        headers: {
          ...headers(this.key.word ?? ""),
          ...(sent === undefined ? {} : { "Content-Type": type }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
    } catch {
      throw new Away("The course does not answer. Is python -m workshop still running?");
    }
    if (response.ok) return response;
    throw refusal(response.status, (await response.json().catch(() => ({}))) as Refusal);
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
        reject(new Away("No verdict came. Look at the terminal in which the course runs."));
      }, CHECK_LIMIT);
      this.listeners.push(listener);
    });
  }

  private hear(event: CourseEvent): void {
    if (event.kind === "state") this.tell("connected");
    for (const listener of [...this.listeners]) listener(event);
  }

  /** A websocket does not say why it was refused; a request does: the course may have been started anew. */
  private async weigh(connection: Connection): Promise<void> {
    if (connection === "connecting" || connection === "connected") return this.tell(connection);
    if (!this.locked) this.tell(connection);
    this.locked = await this.shut();
    if (!this.connected) this.tell(this.locked ? "locked" : connection);
  }

  /** Whether a course answers and does not know this page. */
  private async shut(): Promise<boolean> {
    try {
      await this.state();
      return false;
    } catch (error) {
      return !(error instanceof Away);
    }
  }

  private tell(connection: Connection): void {
    this.connected = connection === "connected";
    if (this.connected) this.locked = false;
    for (const watcher of this.watchers) watcher(connection);
  }
}
