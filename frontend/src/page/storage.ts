/**
 * What the browser remembers: settings of the learner (`localStorage`) and notes of one tab
 * (`sessionStorage`).
 */

const PREFIX = "workshop-";

export function readSetting(name: string, fallback: boolean): boolean {
  try {
    const stored = localStorage.getItem(PREFIX + name);
    return stored === null ? fallback : stored === "yes";
  } catch {
    return fallback;
  }
}

export function writeSetting(name: string, value: boolean): void {
  try {
    localStorage.setItem(PREFIX + name, value ? "yes" : "no");
  } catch {
    // The browser forbids localStorage: the setting is lost with the page.
  }
}

/** Call `listener` when another tab of this browser has changed the setting. */
export function onSettingChange(name: string, listener: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + name || event.key === null) listener();
  });
}

/** A text that this tab has stored; null when there is none. */
export function readTabNote(name: string): string | null {
  try {
    return tabStorage()?.getItem(PREFIX + name) ?? null;
  } catch {
    return null;
  }
}

/** Store a text until this tab is closed. */
export function writeTabNote(name: string, text: string): void {
  try {
    tabStorage()?.setItem(PREFIX + name, text);
  } catch {
    // sessionStorage is full or forbidden: the note is lost with the page.
  }
}

/** The tab's `sessionStorage`; null where the browser forbids it. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
