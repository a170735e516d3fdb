/** Edits that are not on the disk yet, kept for as long as the tab lives. */

export interface Draft {
  content: string;
  /** The version on the disk that the edits began from. */
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

  /** Keep a draft; null lets go of it. */
  write(key: string, draft: Draft | null): void {
    try {
      if (draft) this.storage?.setItem(PREFIX + key, JSON.stringify(draft));
      else this.storage?.removeItem(PREFIX + key);
    } catch {
      // The storage is full or shut: the edits are still in the editor.
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
