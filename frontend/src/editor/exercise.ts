/** One exercise on a page, alive: its checks and hints, and its editor once it is open. */

import type { Course } from "../connection/course";
import type { CourseEvent, ExerciseFacts, ExerciseState, Report } from "../connection/wire";
import { announce } from "../page/announce";
import { Checks } from "../verdict/check-list";
import { spoken, unread } from "../verdict/report";
import type { Drafts } from "./drafts";
import { Desk } from "./exercise-editor";

export interface Surroundings {
  course: Course;
  drafts: Drafts;
  /** Show an app beside the text. */
  run(name: string, title: string): void;
  /** Where an app runs; null when it does not. */
  address(name: string): string | null;
  /** The setting of autosave was changed somewhere on this page. */
  autosave(): void;
}

export class ExerciseView {
  private readonly checks: Checks;
  private readonly stub: HTMLDetailsElement | null;
  private desk: Desk | null = null;
  private asked = false;
  private report: Report | null;

  constructor(
    section: HTMLElement,
    private readonly facts: ExerciseFacts,
    state: ExerciseState,
    private readonly around: Surroundings,
  ) {
    const { key } = facts;
    this.stub = section.querySelector<HTMLDetailsElement>("details.stub");
    this.checks = new Checks(
      section,
      state,
      (check) => around.course.hint(key, check),
      (error) => this.say(error),
      facts.is_app ? { name: key, address: () => around.address(key) } : null,
    );
    this.report = state.report;
    this.meant(section);
    addEventListener("hashchange", () => this.meant(section));
    if (this.stub?.open) this.open(state);
    else this.stub?.addEventListener("toggle", () => void this.unfold());
    if (state.report) this.checks.show(state.report);
  }

  /** Unfold the file of the exercise that the address names. */
  private meant(section: HTMLElement): void {
    const { hash } = location;
    if (this.stub && hash && `#${section.id}` === hash) this.stub.open = true;
  }

  hear(event: CourseEvent): void {
    if (event.kind === "saved") this.desk?.saved(event);
    else if (event.kind === "checking") this.checks.checking();
    else if (event.kind === "notice") this.say(event.message);
    else if (event.kind === "report") {
      painted();
      this.hold(event.report);
    }
  }

  /** Show a report, unless it says of half a line that it is no Python: that can wait until it is whole. */
  private hold(report: Report): void {
    const show = (): void => {
      this.judge(report);
      announce(spoken(this.facts.name, report));
    };
    if (unread(report) && this.desk?.later(show)) this.checks.unfinished();
    else show();
  }

  /** There is a connection again: compare what is here with what is there. */
  async again(): Promise<void> {
    try {
      const state = await this.around.course.exercise(this.facts.key);
      this.desk?.compare(state);
      if (state.report) this.judge(state.report);
    } catch {
      // It is gone once more: the next word of the course tries again.
    }
  }

  get unsaved(): boolean {
    return this.desk?.unsaved ?? false;
  }

  leave(): void {
    this.desk?.leave();
  }

  autosaveChanged(): void {
    this.desk?.autosaveChanged();
  }

  /** The stub was unfolded for the first time. */
  private async unfold(): Promise<void> {
    if (this.desk || this.asked || !this.stub?.open) return;
    this.asked = true;
    try {
      this.open(await this.around.course.exercise(this.facts.key));
    } catch (error) {
      this.say(error);
    } finally {
      this.asked = false;
    }
  }

  /** Put the editor where the stub stands, which stays for those who print. */
  private open(state: ExerciseState): void {
    if (!this.stub || this.desk) return;
    this.desk = new Desk(this.facts, state, this.around, {
      began: () => this.checks.checking(),
      none: () => (this.report ? this.checks.show(this.report) : this.checks.unknown()),
    });
    for (const child of this.stub.querySelectorAll(":scope > :not(summary)")) {
      child.classList.add("live-replaced");
    }
    this.stub.append(this.desk.element);
    this.desk.begin();
    performance.mark("live-editor");
    if (this.report) this.desk.judge(this.report);
  }

  private judge(report: Report): void {
    this.report = report;
    this.checks.show(report);
    this.desk?.judge(report);
  }

  private say(what: unknown): void {
    if (this.desk) this.desk.say(what);
    else announce(what instanceof Error ? what.message : String(what));
  }
}

/** Note how long it takes from now until the browser has drawn what follows; see the Performance panel. */
function painted(): void {
  const start = performance.now();
  requestAnimationFrame(() => setTimeout(() => performance.measure("live-verdict", { start })));
}
