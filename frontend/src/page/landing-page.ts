/** The landing page: go on where you left off; take your progress along. */

import type { Course } from "../connection/course";
import type { State, Taking } from "../connection/wire";
import { announce } from "./announce";
import { confirmed } from "./dialog";
import { button, h } from "./dom";
import { pageUrl } from "./sphinx";

const MOST_BYTES = 4 * 1024 * 1024;
const NAME = "aiohttp-workshop.zip";

export class Landing {
  private readonly go = h("p", { class: "live-continue" });
  private readonly said = h("p", { class: "live-quiet", role: "status" });

  constructor(
    private readonly course: Course,
    place: Element,
  ) {
    const file = h("input", {
      type: "file",
      accept: ".zip,application/zip,.json,application/json",
      hidden: true,
      "aria-label": "A file with progress",
    });
    file.addEventListener("change", () => void this.take(file));
    place.before(
      h(
        "section",
        { class: "live-landing", "aria-label": "Your progress" },
        this.go,
        h(
          "div",
          { class: "live-row" },
          button("Save my progress as a file", () => void this.save(), {
            class: "live-button live-small",
          }),
          button("Take progress from a file", () => file.click(), {
            class: "live-button live-small",
          }),
          file,
        ),
        this.said,
      ),
    );
  }

  show(state: State): void {
    const done = state.exercises.filter((exercise) => exercise.passes).length;
    const before = state.exercises.filter((exercise) => exercise.done && !exercise.passes).length;
    const next = state.exercises.find(({ key }) => key === state.next);
    const count =
      `${done} of ${state.exercises.length} exercises done. ` +
      (before ? `${before} more passed before, with another file than is there now. ` : "");
    this.go.replaceChildren(
      count,
      next
        ? h(
            "a",
            { class: "live-button live-primary", href: pageUrl(next.page) },
            done || before ? `Go on: ${next.title}` : `Begin: ${next.title}`,
          )
        : "You have passed them all.",
    );
    if (state.notice) this.say(state.notice);
  }

  private async save(): Promise<void> {
    try {
      const href = URL.createObjectURL(await this.course.exportProgress());
      h("a", { href, download: NAME }).click();
      URL.revokeObjectURL(href);
      this.say(`Saved among your downloads as ${NAME}: what is done, and your files.`);
    } catch (error) {
      this.say(error);
    }
  }

  /** Say what would be replaced, and replace it if that is wished for. */
  private async take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      if (file.size > MOST_BYTES) throw new Error(`${file.name} is too large for progress.`);
      const progress = await readable(file.name, file);
      const change = await this.course.lookAtProgress(progress);
      if (!(await confirmed(`Take ${file.name}?`, ...asked(change)))) return;
      this.say(taken(await this.course.importProgress(progress)));
    } catch (error) {
      this.say(error);
    } finally {
      input.value = "";
    }
  }

  private say(what: unknown): void {
    this.said.textContent = what instanceof Error ? what.message : String(what);
    announce(this.said.textContent);
  }
}

/** A file with its right type: a ZIP archive, or JSON of an earlier course; throws a sentence when it is neither. */
export async function readable(name: string, file: Blob): Promise<Blob> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0x50 && second === 0x4b) return new Blob([file], { type: "application/zip" });
  try {
    JSON.parse(await file.text());
    return new Blob([file], { type: "application/json" });
  } catch {
    throw new Error(`${name} is no progress. Take a file that "Save my progress" made.`);
  }
}

/** The question before a file is taken, the word for yes, and what goes beside it. */
function asked({ exercises, written, replaced }: Taking): [string, string, ...Node[]] {
  const words =
    `What is known of ${counted(exercises, "exercise")} comes in place of what is known here. ` +
    (replaced.length
      ? `${counted(replaced.length, "file")} of yours will be replaced; copies are kept, and the button Reset brings them back.`
      : `${counted(written.length, "file")} will be written, none of them over work of yours.`);
  return [words, "Take it", h("ul", {}, ...replaced.map((file) => h("li", {}, file)))];
}

/** What was done, in a sentence or two. */
export function taken({ exercises, written, replaced, unknown }: Taking): string {
  const said = `Taken: progress in ${counted(exercises, "exercise")}, and ${counted(written.length, "file")}.`;
  const kept = replaced.length ? " What was there is kept." : "";
  const left = unknown.length
    ? ` Left out, for this course has no such exercise: ${unknown.join(", ")}.`
    : "";
  return said + kept + left;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
