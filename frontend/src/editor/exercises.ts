/** The exercises of a page: each comes alive once it is near what is seen. */

import { Away } from "../connection/course";
import type { CourseEvent, ExerciseFacts, ExerciseState } from "../connection/wire";
import { h } from "../page/dom";
import { elsewhere } from "../page/storage";
import { ExerciseView } from "./exercise";
import type { Surroundings } from "./exercise";
import { AUTOSAVE } from "./toolbar";

/** Pixels from the edge of the window in which an exercise is near. */
const NEAR = 800;

type Happened = Extract<CourseEvent, { key: string }>;

export class Exercises {
  private readonly views = new Map<string, ExerciseView>();
  private readonly waiting = new Map<string, HTMLElement>();
  /** Those that are asked for, and whether something happened to them meanwhile. */
  private readonly waking = new Map<string, boolean>();
  private readonly around: Surroundings;

  constructor(
    around: Omit<Surroundings, "autosave">,
    private readonly facts: (key: string) => ExerciseFacts | undefined,
  ) {
    this.around = {
      ...around,
      autosave: () => this.views.forEach((view) => view.autosaveChanged()),
    };
    elsewhere(AUTOSAVE, this.around.autosave);
    const sections = "section.exercise[data-exercise]";
    for (const section of document.querySelectorAll<HTMLElement>(sections)) {
      this.waiting.set(section.dataset.exercise ?? "", section);
    }
  }

  /** The course has said its first word: from now on they come alive as they come near. */
  begin(): void {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) void this.wake(target as HTMLElement);
        }
      },
      { rootMargin: `${NEAR}px` },
    );
    for (const section of this.waiting.values()) near.observe(section);
  }

  hear(event: Happened): void {
    this.views.get(event.key)?.hear(event);
    if (this.waking.has(event.key)) this.waking.set(event.key, true);
  }

  /** There is a connection again: compare what is here with what is there. */
  again(): void {
    for (const view of this.views.values()) void view.again();
    for (const section of this.waiting.values()) {
      const { top, bottom } = section.getBoundingClientRect();
      if (bottom > -NEAR && top < innerHeight + NEAR) void this.wake(section);
    }
  }

  get unsaved(): boolean {
    return [...this.views.values()].some((view) => view.unsaved);
  }

  /** The page is left. */
  leave(): void {
    this.views.forEach((view) => view.leave());
  }

  /** Bring an exercise to life, once. */
  private async wake(section: HTMLElement): Promise<void> {
    const key = section.dataset.exercise ?? "";
    const facts = this.facts(key);
    if (!facts || !this.waiting.delete(key)) return;
    this.waking.set(key, false);
    let state: ExerciseState;
    try {
      state = await this.around.course.exercise(key);
    } catch (error) {
      this.waking.delete(key);
      this.waiting.set(key, section); // the next word of the course tries again
      if (!(error instanceof Away)) trouble(section, error);
      return;
    }
    const view = new ExerciseView(section, facts, state, this.around);
    this.views.set(key, view);
    if (this.waking.get(key)) void view.again();
    this.waking.delete(key);
  }
}

/** Say at an exercise why it does not come alive. */
function trouble(section: HTMLElement, error: unknown): void {
  section.querySelector(":scope > .live-trouble")?.remove();
  const words = error instanceof Error ? error.message : String(error);
  section
    .querySelector("details.stub")
    ?.before(h("p", { class: "live-trouble live-message", role: "status" }, words));
}
