/** The editor of an exercise with its toolbar, conflict box, backups and versions. */

import type { EditorView } from "@codemirror/view";
import type { Course } from "../connection/course";
import type { Disk, ExerciseFacts, ExerciseState, Report } from "../connection/wire";
import { h, messageOf, stopKeys } from "../page/dom";
import { diagnosticOf } from "../verdict/report";
import { Backups } from "./backups";
import { createEditor, cursorLine, setContent } from "./codemirror";
import { ConflictBox } from "./conflict";
import { showDiagnostic } from "./diagnostic";
import type { Drafts } from "./drafts";
import { FileSync } from "./file-sync";
import { Toolbar, isAutosave } from "./toolbar";
import { Versions } from "./versions";

const KEYBOARD_HELP =
  "Tab makes an indentation. To leave the editor press Escape, then Tab. Control Enter saves and checks.";
const ASK_AGAIN = "Show the solution all the same";

/** What an exercise needs of the page. */
export interface ExerciseContext {
  course: Course;
  drafts: Drafts;
  /** Show an app in the panel beside the text, and start it. */
  runApp(name: string, title: string): void;
  /** The address of an app; null when it does not run. */
  appAddress(name: string): string | null;
  /** The setting of autosave was changed in one of the editors of this page. */
  autosaveChanged(): void;
}

export interface CheckListener {
  checkStarted(): void;
  /** The check that was announced did not start. */
  checkCancelled(): void;
}

export class ExerciseEditor {
  readonly element: HTMLElement;
  private readonly note = h("div", { class: "live-note", role: "status" });
  private readonly toolbar: Toolbar;
  private readonly sync: FileSync;
  private readonly view: EditorView;
  private readonly versions: Versions;
  private readonly backups: Backups;
  /** The learner is typing a line: what concerns it waits until the cursor leaves the line. */
  private typing = false;
  private deferred: (() => void) | null = null;
  /** The course refused the solution once; the note and the button say so. */
  private solutionRefused = false;

  constructor(
    private readonly facts: ExerciseFacts,
    state: ExerciseState,
    private readonly context: ExerciseContext,
    private readonly listener: CheckListener,
  ) {
    const conflict = new ConflictBox({
      keepMine: () => void this.sync.keepMine(),
      takeTheirs: () => this.sync.takeTheirs(),
    });
    const id = `live-way-${facts.step}-${facts.name}`;
    const help = h("p", { class: "live-unseen", id }, KEYBOARD_HELP);
    this.toolbar = this.createToolbar();
    this.view = createEditor(state.content ?? "", {
      label: `${facts.file}, editor`,
      describedBy: help.id,
      onChange: (content) => this.sync.edited(content),
      onTyping: () => (this.typing = true),
      onLineLeft: () => this.lineLeft(),
      save: () => {
        this.lineLeft();
        void this.sync.save();
      },
      check: () => void this.check(),
    });
    this.view.contentDOM.addEventListener("focus", () => context.course.setCurrent(facts.key));
    this.sync = new FileSync(
      context.course,
      facts.key,
      state,
      context.drafts,
      {
        setContent: (content) => setContent(this.view, content),
        showSaveState: (saveState, message) => this.toolbar.showSaveState(saveState, message),
        showConflict: (theirs) => conflict.show(theirs, () => this.sync.file.mine),
      },
      isAutosave,
    );
    this.versions = new Versions(context.course, state, () => this.sync.file.mine);
    this.backups = new Backups(context.course, facts, state.kept, this.sync, this.say);
    this.element = stopKeys(
      h(
        "div",
        { class: "live-editor" },
        help,
        this.view.dom,
        conflict.element,
        this.toolbar.element,
        this.note,
      ),
    );
  }

  /** To be called once the element is on the page. */
  begin(): void {
    this.sync.begin();
    this.view.requestMeasure();
  }

  /** An event reports a change on the disk. */
  diskEvent(disk: Disk): void {
    this.sync.diskEvent(disk);
  }

  /** The disk holds this now. */
  compare(disk: Disk): void {
    this.sync.compare(disk);
  }

  /** Whether the editor's content differs from the one on the disk. */
  get unsaved(): boolean {
    return this.sync.unsaved;
  }

  /** The page is being left: save at once. */
  pageLeft(): void {
    if (isAutosave()) void this.sync.save();
  }

  autosaveChanged(): void {
    this.toolbar.updateAutosave();
    this.sync.scheduleSave();
  }

  /**
   * Do something once the learner leaves the line being typed; false, and nothing, when none is
   * being typed.
   */
  whenLineIsLeft(act: () => void): boolean {
    this.deferred = this.typing && this.view.hasFocus ? act : null;
    return this.deferred !== null;
  }

  /** Mark the line at which the first check failed. */
  showReport(report: Report): void {
    if (report.status === "pass") this.exercisePassed();
    const diagnostic = diagnosticOf(report, this.facts.file);
    const mark = (): void => showDiagnostic(this.view, diagnostic);
    const atCursor = diagnostic?.line.number === cursorLine(this.view);
    if (atCursor && this.whenLineIsLeft(mark)) showDiagnostic(this.view, null);
    else mark();
  }

  private exercisePassed(): void {
    this.versions.exercisePassed();
    this.toolbar.setSolutionLabel("Solution");
    if (this.solutionRefused) this.note.replaceChildren();
    this.solutionRefused = false;
  }

  /** The cursor left the line being typed, or the learner saves or checks it. */
  private lineLeft(): void {
    this.typing = false;
    const { deferred } = this;
    this.deferred = null;
    // CodeMirror accepts no change while it reports one.
    if (deferred) queueMicrotask(deferred);
  }

  private createToolbar(): Toolbar {
    const { facts, context } = this;
    return new Toolbar(facts.file, {
      check: () => void this.check(),
      run: facts.is_app ? () => context.runApp(facts.key, facts.title) : null,
      compare: () => void this.versions.show().catch(this.say),
      solution: () => void this.showSolution(),
      reset: () => void this.backups.reset(),
      autosaveChanged: () => context.autosaveChanged(),
    });
  }

  /** Save, which makes the course check the file; check an unchanged file. */
  private async check(): Promise<void> {
    this.lineLeft();
    this.listener.checkStarted();
    try {
      if (!this.sync.file.dirty) await this.context.course.check(this.facts.key);
      else if (!(await this.sync.save())) this.listener.checkCancelled();
    } catch (error) {
      this.listener.checkCancelled();
      this.say(error);
    }
  }

  private async showSolution(): Promise<void> {
    this.note.replaceChildren();
    const shown = await this.versions.showSolution(this.say);
    this.solutionRefused = !shown;
    this.toolbar.setSolutionLabel(shown ? "Solution" : ASK_AGAIN);
  }

  /** Show a sentence or an error below the editor. */
  readonly say = (what: unknown, ...more: Node[]): void => {
    this.solutionRefused = false;
    this.note.replaceChildren(h("p", {}, messageOf(what), ...more));
  };
}
