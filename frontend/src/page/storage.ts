/** What the learner chose, remembered by the browser. */

const PREFIX = "workshop-";

export function remembered(name: string, otherwise: boolean): boolean {
  try {
    const found = localStorage.getItem(PREFIX + name);
    return found === null ? otherwise : found === "yes";
  } catch {
    return otherwise;
  }
}

export function remember(name: string, value: boolean): void {
  try {
    localStorage.setItem(PREFIX + name, value ? "yes" : "no");
  } catch {
    // The storage is shut: it holds for this page.
  }
}

/** Be told when another tab of this browser has chosen otherwise. */
export function elsewhere(name: string, act: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + name || event.key === null) act();
  });
}

/** What was noted for as long as the tab lives. */
export function noted(name: string): string | null {
  try {
    return tabStorage()?.getItem(PREFIX + name) ?? null;
  } catch {
    return null;
  }
}

export function note(name: string, text: string): void {
  try {
    tabStorage()?.setItem(PREFIX + name, text);
  } catch {
    // The storage is full or shut: it holds until the page is left.
  }
}

/** Storage of the tab, or null where the browser shuts it. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
