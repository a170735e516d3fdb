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

/** Storage of the tab, or null where the browser shuts it. */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
