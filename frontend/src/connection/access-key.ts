/**
 * The key that lets this browser use the course: each request carries it in a header.
 * It is no cookie, because a browser sends a cookie to every port of this machine; `localStorage`
 * belongs to one port, and to all tabs of this browser.
 */

const STORAGE_NAME = "workshop-key";
const CODE = /^#code=([\w-]+)$/;

export class AccessKey {
  private own: string | null = null;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly origin: string) {
    addEventListener("storage", (event) => {
      if (event.key === STORAGE_NAME && event.newValue) this.notify();
    });
    addEventListener("hashchange", () => {
      if (CODE.test(location.hash)) void this.exchangeCode();
    });
  }

  /**
   * The key; null when this browser never had one. A course that was started anew refuses an older
   * key.
   */
  get value(): string | null {
    try {
      this.own = localStorage.getItem(STORAGE_NAME) ?? this.own;
    } catch {
      // localStorage is forbidden: the key of this page's address lasts as long as the page.
    }
    return this.own;
  }

  /** Call `listener` when another tab, or an address with a code, has brought a key. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * If the page's address has a code, remove it and send it to the course, which answers with a
   * key.
   */
  async exchangeCode(): Promise<void> {
    const code = codeOf(location.hash);
    if (!code) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const key = this.value;
    try {
      const response = await fetch(new URL("/door/enter", this.origin), {
        method: "POST",
        credentials: "omit",
        cache: "no-store",
        headers: { "Content-Type": "application/json", ...(key ? keyHeaders(key) : {}) },
        body: JSON.stringify({ code }),
      });
      if (response.ok) this.store(((await response.json()) as { token: string }).token);
    } catch {
      // The course does not answer: the page says so when it tries to connect.
    }
  }

  private store(key: string): void {
    this.own = key;
    try {
      localStorage.setItem(STORAGE_NAME, key);
    } catch {
      // localStorage is forbidden: the key lasts as long as the page.
    }
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

/**
 * The code in the fragment of an address that the course shows in its terminal; null when there is
 * none.
 */
export function codeOf(hash: string): string | null {
  return CODE.exec(hash)?.[1] ?? null;
}

/** The header that a request carries. */
export function keyHeaders(key: string): Record<string, string> {
  return { "Workshop-Key": key };
}

/**
 * The subprotocols of a websocket: the only header of its request that a browser lets a page set.
 */
export function keyProtocols(key: string): string[] {
  return ["workshop", `key.${key}`];
}
