/** Begin again, and have a copy back: nothing of the learner's is lost by it. */

import { CourseError } from "../connection/course";
import type { Course, Replaced } from "../connection/course";
import type { ExerciseFacts, Kept } from "../connection/wire";
import { confirmed } from "../page/dialog";
import { button, folded, h } from "../page/dom";
import type { Pad } from "./file-sync";

const SMALL = "live-button live-small";
const UNSAVED =
  "Nothing was replaced: what stands here is not on the disk yet. Save it, or choose between the two, first.";

export class Copies {
  constructor(
    private readonly course: Course,
    private readonly facts: ExerciseFacts,
    private readonly kept: Kept[],
    private readonly pad: Pad,
    private readonly say: (what: unknown, ...more: Node[]) => void,
  ) {}

  async reset(): Promise<void> {
    const { file, key } = this.facts;
    const words = `${file} will be as it was handed out. A copy of yours is kept, and you can have it back.`;
    if (!(await confirmed("Begin again?", words, "Reset", ...this.list()))) return;
    await this.replace(() => {
      const { version } = this.pad.file.theirs ?? this.pad.file.base;
      return this.course.reset(key, version);
    }, "It is as it was handed out.");
  }

  private restore(name: string): Promise<void> {
    return this.replace(() => this.course.restore(this.facts.key, name), `${name} is back.`);
  }

  /** Bring mine to the disk first, so that the copy that is kept is mine; then replace it. */
  private async replace(act: () => Promise<Replaced>, words: string): Promise<void> {
    const { file } = this.pad;
    try {
      if (file.dirty && !(await this.pad.save()) && file.theirs?.content !== null) {
        throw new CourseError(UNSAVED);
      }
      const by = await act();
      this.pad.replaced(by);
      if (by.kept === null) return this.say(words);
      this.kept.unshift({ name: by.kept, when: "just now" });
      this.say(`${words} What was there is kept as ${by.kept}. `, this.back(by.kept));
    } catch (error) {
      this.say(error);
    }
  }

  private back(name: string): HTMLButtonElement {
    return button("Have it back", () => void this.restore(name), {
      class: SMALL,
      "aria-label": `Have ${name} back`,
    });
  }

  private list(): Node[] {
    const rows = this.kept.map(({ name, when }) => {
      const back = this.back(name);
      back.addEventListener("click", () => back.closest("dialog")?.close());
      return h("li", {}, `${name} (${when}) `, back);
    });
    return rows.length
      ? [folded(`Copies that were kept (${rows.length})`, false, h("ul", {}, ...rows))]
      : [];
  }
}
