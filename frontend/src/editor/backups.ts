/**
 * Reset a file to the one that was handed out, and restore a kept copy. Each keeps a copy of the
 * file before.
 */

import type { Course, Replaced } from "../connection/course";
import { CourseError } from "../connection/errors";
import type { ExerciseFacts, Kept } from "../connection/wire";
import { confirmDialog } from "../page/dialog";
import { button, details, h } from "../page/dom";
import type { FileSync } from "./file-sync";

const SMALL = "live-button live-small";
const UNSAVED =
  "Nothing was replaced: what stands here is not on the disk yet. Save it, or choose between the two, first.";

export class Backups {
  constructor(
    private readonly course: Course,
    private readonly facts: ExerciseFacts,
    private readonly kept: Kept[],
    private readonly sync: FileSync,
    private readonly say: (what: unknown, ...more: Node[]) => void,
  ) {}

  /** Reset the file after a confirmation, which also lists the kept copies. */
  async reset(): Promise<void> {
    const { file, key } = this.facts;
    const words = `${file} will be as it was handed out. A copy of yours is kept, and you can have it back.`;
    if (!(await confirmDialog("Begin again?", words, "Reset", ...this.copies()))) return;
    await this.replace(() => {
      const { version } = this.sync.file.theirs ?? this.sync.file.base;
      return this.course.reset(key, version);
    }, "It is as it was handed out.");
  }

  private restore(name: string): Promise<void> {
    return this.replace(() => this.course.restore(this.facts.key, name), `${name} is back.`);
  }

  /** Save unsaved edits first, so that the copy holds them; then replace the file. */
  private async replace(act: () => Promise<Replaced>, done: string): Promise<void> {
    const { file } = this.sync;
    try {
      if (file.dirty && !(await this.sync.save()) && file.theirs?.content !== null) {
        throw new CourseError(UNSAVED);
      }
      const by = await act();
      this.sync.replaced(by);
      if (by.kept === null) return this.say(done);
      this.kept.unshift({ name: by.kept, when: "just now" });
      this.say(`${done} What was there is kept as ${by.kept}. `, this.restoreButton(by.kept));
    } catch (error) {
      this.say(error);
    }
  }

  private restoreButton(name: string): HTMLButtonElement {
    return button("Have it back", () => void this.restore(name), {
      class: SMALL,
      "aria-label": `Have ${name} back`,
    });
  }

  private copies(): Node[] {
    const rows = this.kept.map(({ name, when }) => {
      const restore = this.restoreButton(name);
      restore.addEventListener("click", () => restore.closest("dialog")?.close());
      return h("li", {}, `${name} (${when}) `, restore);
    });
    return rows.length
      ? [details(`Copies that were kept (${rows.length})`, false, h("ul", {}, ...rows))]
      : [];
  }
}
