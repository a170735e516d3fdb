/** One websocket that stays: it connects again by itself when it is lost. */

import { delay } from "./backoff";
import type { Connection } from "./course";

const QUIET = 25_000;
const PATIENCE = 5_000;

interface Ears {
  message(data: unknown): void;
  connection(connection: Connection): void;
}

export class Socket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(
    private readonly made: () => WebSocket,
    private readonly ears: Ears,
  ) {}

  open(): void {
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
    this.connect();
  }

  /** Send a message; false when there is no connection. */
  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Try at once instead of waiting any longer. */
  hurry(): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.beat();
    else if (this.retry !== undefined) this.connect();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    if (!this.attempt) this.ears.connection("connecting");
    const socket = this.made();
    this.socket = socket;
    socket.onopen = () => this.rest();
    socket.onmessage = (event) => {
      this.attempt = 0; // only who says something is there
      this.ended = false;
      this.rest();
      this.hear(event.data);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
  }

  private hear(text: unknown): void {
    let message: unknown;
    try {
      message = JSON.parse(String(text));
    } catch {
      return; // not ours
    }
    if ((message as { kind?: string } | null)?.kind === "bye") this.ended = true;
    this.ears.message(message);
  }

  private lost(): void {
    clearTimeout(this.pulse);
    this.socket = null;
    this.ears.connection(this.ended ? "ended" : "away");
    this.retry = setTimeout(() => this.connect(), delay(this.attempt));
    this.attempt += 1;
  }

  /** All is well; ask again when nothing was heard for a while. */
  private rest(): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => this.beat(), QUIET);
  }

  /** Ask for a sign of life, and give the connection up when none comes. */
  private beat(): void {
    clearTimeout(this.pulse);
    const socket = this.socket;
    this.send({ kind: "ping" });
    this.pulse = setTimeout(() => {
      if (this.socket !== socket) return;
      socket?.close();
      this.lost();
    }, PATIENCE);
  }
}
