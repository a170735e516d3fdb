/** One exercise on a live page: its list of checks and, once its stub is unfolded, its editor. */

import type { CourseEvent, ExerciseFacts, ExerciseState, Report } from "../connection/wire";
import { announce, messageOf } from "../page/dom";
import { CheckList } from "../verdict/check-list";
import { isSyntaxError, spokenSummary } from "../verdict/report";
import { ExerciseEditor } from "./exercise-editor";
import type { ExerciseContext } from "./exercise-editor";

export class ExerciseView {
  private readonly checks: CheckList;
  private readonly stub: HTMLDetailsElement | null;
  private editor: ExerciseEditor | null = null;
  /** The state for the editor is being fetched. */
  private opening = false;
  private report: Report | null;

  constructor(
    section: HTMLElement,
    private readonly facts: ExerciseFacts,
    state: ExerciseState,
    private readonly context: ExerciseContext,
  ) {
    const { key } = facts;
    this.stub = section.querySelector<HTMLDetailsElement>("details.stub");
    this.checks = new CheckList(
      section,
      state,
      (check) => context.course.hint(key, check),
      (error) => this.say(error),
      facts.is_app ? { name: key, address: () => context.appAddress(key) } : null,
    );
    this.report = state.report;
    this.unfoldIfTarget(section);
    addEventListener("hashchange", () => this.unfoldIfTarget(section));
    if (this.stub?.open) this.open(state);
    else this.stub?.addEventListener("toggle", () => void this.unfolded());
    if (state.report) this.checks.show(state.report);
  }

  /** Unfold the stub when the page's address names this exercise. */
  private unfoldIfTarget(section: HTMLElement): void {
    const { hash } = location;
    if (this.stub && hash && `#${section.id}` === hash) this.stub.open = true;
  }

  receive(event: CourseEvent): void {
    if (event.kind === "saved") this.editor?.diskEvent(event);
    else if (event.kind === "checking") this.checks.showChecking();
    else if (event.kind === "notice") this.say(event.message);
    else if (event.kind === "report") {
      measureRendering();
      this.receiveReport(event.report);
    }
  }

  /** Show a report; a syntax error waits until the learner leaves the line being typed. */
  private receiveReport(report: Report): void {
    const show = (): void => {
      this.showReport(report);
      announce(spokenSummary(this.facts.name, report));
    };
    if (isSyntaxError(report) && this.editor?.whenLineIsLeft(show)) this.checks.showUnfinished();
    else show();
  }

  /** The page has connected again: get the exercise's state from the course. */
  async reconnected(): Promise<void> {
    try {
      const state = await this.context.course.exercise(this.facts.key);
      this.editor?.compare(state);
      if (state.report) this.showReport(state.report);
    } catch {
      // The connection is lost once more: the next one tries again.
    }
  }

  get unsaved(): boolean {
    return this.editor?.unsaved ?? false;
  }

  pageLeft(): void {
    this.editor?.pageLeft();
  }

  autosaveChanged(): void {
    this.editor?.autosaveChanged();
  }

  /** The learner unfolded the stub: fetch its state and open the editor, once. */
  private async unfolded(): Promise<void> {
    if (this.editor || this.opening || !this.stub?.open) return;
    this.opening = true;
    try {
      this.open(await this.context.course.exercise(this.facts.key));
    } catch (error) {
      this.say(error);
    } finally {
      this.opening = false;
    }
  }

  /** Put the editor in place of the stub's text, which stays in the page for printing. */
  private open(state: ExerciseState): void {
    if (!this.stub || this.editor) return;
    this.editor = new ExerciseEditor(this.facts, state, this.context, {
      checkStarted: () => this.checks.showChecking(),
      checkCancelled: () =>
        this.report ? this.checks.show(this.report) : this.checks.showUnchecked(),
    });
    for (const child of this.stub.querySelectorAll(":scope > :not(summary)")) {
      child.classList.add("live-replaced");
    }
    this.stub.append(this.editor.element);
    this.editor.begin();
    performance.mark("live-editor");
    if (this.report) this.editor.showReport(this.report);
  }

  private showReport(report: Report): void {
    this.report = report;
    this.checks.show(report);
    this.editor?.showReport(report);
  }

  private say(what: unknown): void {
    if (this.editor) this.editor.say(what);
    else announce(messageOf(what));
  }
}

/** Measure the time until the browser has painted what follows; shown in its Performance panel. */
function measureRendering(): void {
  const start = performance.now();
  requestAnimationFrame(() => setTimeout(() => performance.measure("live-verdict", { start })));
}
