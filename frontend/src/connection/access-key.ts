/**
 * The key to the course: a page adds it to each request itself.
 * It is no cookie, for a browser sends those to each port of this machine; the storage of an origin
 * belongs to one port, and to all tabs of this browser.
 */

const NAME = "workshop-key";
const CODE = /^#code=([\w-]+)$/;

export class Key {
  private own: string | null = null;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly origin: string) {
    addEventListener("storage", (event) => {
      if (event.key === NAME && event.newValue) this.tell();
    });
    addEventListener("hashchange", () => {
      if (CODE.test(location.hash)) void this.enter();
    });
  }

  /** The key, if this browser was let in; the course may have been started anew since. */
  get word(): string | null {
    try {
      this.own = localStorage.getItem(NAME) ?? this.own;
    } catch {
      // The storage is shut: what came by an address holds for this page.
    }
    return this.own;
  }

  /** Another tab, or an address with a code, has brought a key. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** If the page's address has a code, take it out and bring it to the course, which gives the key for it. */
  async enter(): Promise<void> {
    const code = codeOf(location.hash);
    if (!code) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const word = this.word;
    try {
      const response = await fetch(new URL("/door/enter", this.origin), {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        headers: { "Content-Type": "application/json", ...(word ? headers(word) : {}) },
        body: JSON.stringify({ code }),
      });
      if (response.ok) this.keep(((await response.json()) as { token: string }).token);
    } catch {
      // The course does not answer: the page says so when it tries to connect.
    }
  }

  private keep(word: string): void {
    this.own = word;
    try {
      localStorage.setItem(NAME, word);
    } catch {
      // As above.
    }
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The code of an address that the course shows in its terminal. */
export function codeOf(hash: string): string | null {
  return CODE.exec(hash)?.[1] ?? null;
}

/** What a request carries. */
export function headers(word: string): Record<string, string> {
  return { "Workshop-Key": word };
}

/** What a websocket carries: a browser lets it choose its subprotocols, and no other header. */
export function protocols(word: string): string[] {
  return ["workshop", `key.${word}`];
}
