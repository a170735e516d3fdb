/** A websocket that connects again by itself when its connection is lost. */

import type { ConnectionState } from "./course";

/** Milliseconds without a message after which a ping is sent. */
const PING_AFTER = 25_000;
/** Milliseconds to wait for any message after a ping. */
const PING_TIMEOUT = 5_000;
/** Milliseconds before the first and, at most, before a later attempt to connect. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;

/**
 * Milliseconds to wait before attempt number `attempt` (0, 1, …): exponential backoff up to 15 s,
 * minus a random part of at most a half, so that many pages do not connect at the same moment.
 */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
  return Math.round(longest * (1 - random() / 2));
}

interface Listener {
  message(data: unknown): void;
  connection(state: ConnectionState): void;
}

export class ReconnectingSocket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setTimeout> | undefined;
  /** The course has said that it stops. */
  private ended = false;

  constructor(
    private readonly create: () => WebSocket,
    private readonly listener: Listener,
  ) {}

  open(): void {
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.retryNow();
    });
    this.connect();
  }

  /** Send a message as JSON; false when there is no connection. */
  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Connect at once instead of waiting any longer; test a connection that seems to be open. */
  retryNow(): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.ping();
    else if (this.retryTimer !== undefined) this.connect();
  }

  private connect(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    if (!this.attempt) this.listener.connection("connecting");
    const socket = this.create();
    this.socket = socket;
    socket.onopen = () => this.schedulePing();
    socket.onmessage = (event) => {
      this.attempt = 0; // only a message proves that the course is there
      this.ended = false;
      this.schedulePing();
      this.receive(event.data);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
  }

  private receive(text: unknown): void {
    let message: unknown;
    try {
      message = JSON.parse(String(text));
    } catch {
      return; // no message of a course
    }
    if ((message as { kind?: string } | null)?.kind === "bye") this.ended = true;
    this.listener.message(message);
  }

  private lost(): void {
    clearTimeout(this.pingTimer);
    this.socket = null;
    this.listener.connection(this.ended ? "ended" : "away");
    this.retryTimer = setTimeout(() => this.connect(), retryDelay(this.attempt));
    this.attempt += 1;
  }

  private schedulePing(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => this.ping(), PING_AFTER);
  }

  /** Send a ping, and give the connection up when no message follows. */
  private ping(): void {
    clearTimeout(this.pingTimer);
    const socket = this.socket;
    this.send({ kind: "ping" });
    this.pingTimer = setTimeout(() => {
      if (this.socket !== socket) return;
      socket?.close();
      this.lost();
    }, PING_TIMEOUT);
  }
}
