/** The landing page: a link to the next exercise; export and import of the learner's progress. */

import type { Course } from "../connection/course";
import type { State, Taking } from "../connection/wire";
import { confirmDialog } from "./dialog";
import { announce, button, h, messageOf } from "./dom";
import { pageUrl } from "./sphinx";

const MAX_BYTES = 4 * 1024 * 1024;
const EXPORT_NAME = "aiohttp-workshop.zip";

export class LandingPage {
  private readonly next = h("p", { class: "live-continue" });
  private readonly message = h("p", { class: "live-quiet", role: "status" });

  constructor(
    private readonly course: Course,
    hero: Element,
  ) {
    const file = h("input", {
      type: "file",
      accept: ".zip,application/zip,.json,application/json",
      hidden: true,
      "aria-label": "A file with progress",
    });
    file.addEventListener("change", () => void this.importFrom(file));
    hero.before(
      h(
        "section",
        { class: "live-landing", "aria-label": "Your progress" },
        this.next,
        h(
          "div",
          { class: "live-row" },
          button("Save my progress as a file", () => void this.export(), {
            class: "live-button live-small",
          }),
          button("Take progress from a file", () => file.click(), {
            class: "live-button live-small",
          }),
          file,
        ),
        this.message,
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
    this.next.replaceChildren(
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

  private async export(): Promise<void> {
    try {
      const href = URL.createObjectURL(await this.course.exportProgress());
      h("a", { href, download: EXPORT_NAME }).click();
      URL.revokeObjectURL(href);
      this.say(`Saved among your downloads as ${EXPORT_NAME}: what is done, and your files.`);
    } catch (error) {
      this.say(error);
    }
  }

  /** Say what an import would replace, and import after a confirmation. */
  private async importFrom(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      if (file.size > MAX_BYTES) throw new Error(`${file.name} is too large for progress.`);
      const progress = await progressFile(file.name, file);
      const change = await this.course.previewImport(progress);
      if (!(await confirmDialog(`Take ${file.name}?`, ...confirmationOf(change)))) return;
      this.say(importSummary(await this.course.importProgress(progress)));
    } catch (error) {
      this.say(error);
    } finally {
      input.value = "";
    }
  }

  /** Show a sentence or an error, and announce it. */
  private say(what: unknown): void {
    this.message.textContent = messageOf(what);
    announce(this.message.textContent);
  }
}

/**
 * The file with its media type: a ZIP archive, or JSON of an earlier course; rejects when it is
 * neither.
 */
export async function progressFile(name: string, file: Blob): Promise<Blob> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0x50 && second === 0x4b) return new Blob([file], { type: "application/zip" });
  try {
    JSON.parse(await file.text());
    return new Blob([file], { type: "application/json" });
  } catch {
    throw new Error(`${name} is no progress. Take a file that "Save my progress" made.`);
  }
}

/**
 * The arguments of the confirmation before an import: question, label of the button, list of files.
 */
function confirmationOf({ exercises, written, replaced }: Taking): [string, string, ...Node[]] {
  const question =
    `What is known of ${counted(exercises, "exercise")} comes in place of what is known here. ` +
    (replaced.length
      ? `${counted(replaced.length, "file")} of yours will be replaced; copies are kept, and the button Reset brings them back.`
      : `${counted(written.length, "file")} will be written, none of them over work of yours.`);
  return [question, "Take it", h("ul", {}, ...replaced.map((file) => h("li", {}, file)))];
}

/** What an import has done, in one to three sentences. */
export function importSummary({ exercises, written, replaced, unknown }: Taking): string {
  const imported = `Taken: progress in ${counted(exercises, "exercise")}, and ${counted(written.length, "file")}.`;
  const kept = replaced.length ? " What was there is kept." : "";
  const left = unknown.length
    ? ` Left out, for this course has no such exercise: ${unknown.join(", ")}.`
    : "";
  return imported + kept + left;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
