/** The exercises of a page: each is activated when it is scrolled near to the window. */

import { Unreachable } from "../connection/errors";
import type { CourseEvent, ExerciseFacts, ExerciseState } from "../connection/wire";
import { h, messageOf } from "../page/dom";
import { onSettingChange } from "../page/storage";
import { ExerciseView } from "./exercise";
import type { ExerciseContext } from "./exercise-editor";
import { AUTOSAVE } from "./toolbar";

/** Pixels from the window within which an exercise is activated. */
const NEAR = 800;

/** An event about one exercise. */
type ExerciseEvent = Extract<CourseEvent, { key: string }>;

export class Exercises {
  private readonly views = new Map<string, ExerciseView>();
  /** The sections of exercises that are not active yet. */
  private readonly inactive = new Map<string, HTMLElement>();
  /** Exercises whose state is being fetched, and whether an event about them arrived meanwhile. */
  private readonly activating = new Map<string, boolean>();
  private readonly context: ExerciseContext;

  constructor(
    context: Omit<ExerciseContext, "autosaveChanged">,
    private readonly facts: (key: string) => ExerciseFacts | undefined,
  ) {
    this.context = {
      ...context,
      autosaveChanged: () => this.views.forEach((view) => view.autosaveChanged()),
    };
    onSettingChange(AUTOSAVE, this.context.autosaveChanged);
    const sections = "section.exercise[data-exercise]";
    for (const section of document.querySelectorAll<HTMLElement>(sections)) {
      this.inactive.set(section.dataset.exercise ?? "", section);
    }
  }

  /** Activate each exercise when it comes near; to be called once the course has sent its state. */
  begin(): void {
    const near = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) void this.activate(target as HTMLElement);
        }
      },
      { rootMargin: `${NEAR}px` },
    );
    for (const section of this.inactive.values()) near.observe(section);
  }

  receive(event: ExerciseEvent): void {
    this.views.get(event.key)?.receive(event);
    if (this.activating.has(event.key)) this.activating.set(event.key, true);
  }

  /**
   * The page has connected again: update the active exercises, and activate those that are near.
   */
  reconnected(): void {
    for (const view of this.views.values()) void view.reconnected();
    for (const section of this.inactive.values()) {
      const { top, bottom } = section.getBoundingClientRect();
      if (bottom > -NEAR && top < innerHeight + NEAR) void this.activate(section);
    }
  }

  get unsaved(): boolean {
    return [...this.views.values()].some((view) => view.unsaved);
  }

  pageLeft(): void {
    this.views.forEach((view) => view.pageLeft());
  }

  /** Fetch an exercise's state and create its view, once. */
  private async activate(section: HTMLElement): Promise<void> {
    const key = section.dataset.exercise ?? "";
    const facts = this.facts(key);
    if (!facts || !this.inactive.delete(key)) return;
    this.activating.set(key, false);
    let state: ExerciseState;
    try {
      state = await this.context.course.exercise(key);
    } catch (error) {
      this.activating.delete(key);
      this.inactive.set(key, section); // the next connection tries again
      if (!(error instanceof Unreachable)) showError(section, error);
      return;
    }
    const view = new ExerciseView(section, facts, state, this.context);
    this.views.set(key, view);
    if (this.activating.get(key)) void view.reconnected();
    this.activating.delete(key);
  }
}

/** Show at an exercise why it cannot be activated. */
function showError(section: HTMLElement, error: unknown): void {
  section.querySelector(":scope > .live-trouble")?.remove();
  section
    .querySelector("details.stub")
    ?.before(h("p", { class: "live-trouble live-message", role: "status" }, messageOf(error)));
}
