/**
 * Drafts: unsaved edits, which the tab's `sessionStorage` keeps when the page is left or loaded
 * again.
 */

export interface Draft {
  content: string;
  /** The version on the disk from which the draft was made. */
  version: string | null;
}

const PREFIX = "workshop-draft:";

export class Drafts {
  constructor(private readonly storage: Storage | null) {}

  read(key: string): Draft | null {
    try {
      const found: unknown = JSON.parse(this.storage?.getItem(PREFIX + key) ?? "null");
      return isDraft(found) ? found : null;
    } catch {
      return null;
    }
  }

  /** Store a draft; null removes it. */
  write(key: string, draft: Draft | null): void {
    try {
      if (draft) this.storage?.setItem(PREFIX + key, JSON.stringify(draft));
      else this.storage?.removeItem(PREFIX + key);
    } catch {
      // The storage is full or forbidden: the edits are in the editor alone.
    }
  }
}

function isDraft(found: unknown): found is Draft {
  const draft = found as Draft | null;
  return (
    typeof draft?.content === "string" &&
    (draft.version === null || typeof draft.version === "string")
  );
}
