/** The landing page: go on where you left off; take your progress along. */

import { announce } from "./announce";
import type { Course } from "./course";
import { button, h } from "./dom";
import { pageUrl } from "./places";
import type { State } from "./wire";

const MOST_BYTES = 5_000_000;

export class Landing {
  private readonly go = h("p", { class: "live-continue" });
  private readonly said = h("p", { class: "live-quiet", role: "status" });

  constructor(
    private readonly course: Course,
    place: Element,
  ) {
    const file = h("input", {
      type: "file",
      accept: ".json,application/json",
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
    const done = state.exercises.filter((exercise) => exercise.done).length;
    const next = state.exercises.find(({ key }) => key === state.next);
    const count = `${done} of ${state.exercises.length} exercises done. `;
    this.go.replaceChildren(
      count,
      next
        ? h(
            "a",
            { class: "live-button live-primary", href: pageUrl(next.page) },
            done ? `Go on: ${next.title}` : `Begin: ${next.title}`,
          )
        : "You have done them all.",
    );
    if (state.notice) this.say(state.notice);
  }

  private async save(): Promise<void> {
    try {
      const data = JSON.stringify(await this.course.exportProgress(), null, 2);
      const href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
      h("a", { href, download: "aiohttp-workshop-progress.json" }).click();
      URL.revokeObjectURL(href);
      this.say("Saved among your downloads.");
    } catch (error) {
      this.say(error);
    }
  }

  private async take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      if (file.size > MOST_BYTES) throw new Error(`${file.name} is too large for progress.`);
      const { exercises } = await this.course.importProgress(parsed(file.name, await file.text()));
      this.say(
        `Taken: progress in ${exercises} ${exercises === 1 ? "exercise" : "exercises"}. What was there is kept.`,
      );
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

/** The JSON of a file; throws a sentence when it is none. */
export function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(
      `${name} is no progress: it is not JSON. Take a file that "Save my progress" made.`,
    );
  }
}
