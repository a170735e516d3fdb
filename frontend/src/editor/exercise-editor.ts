/** The editor of an exercise and all that belongs to it. */

import type { EditorView } from "@codemirror/view";
import type { Disk, ExerciseFacts, ExerciseState, Report } from "../connection/wire";
import { h, ownKeys } from "../page/dom";
import { Copies } from "./backups";
import { lineOf, makeEditor, show } from "./codemirror";
import { ConflictBox } from "./conflict";
import { faultOf, showFault } from "./diagnostic";
import type { Surroundings } from "./exercise";
import { Pad } from "./file-sync";
import { Toolbar, autosave } from "./toolbar";
import { Versions } from "./versions";

const WAY =
  "Tab makes an indentation. To leave the editor press Escape, then Tab. Control Enter saves and checks.";
const ONCE_MORE = "Show the solution all the same";

export interface Checking {
  began(): void;
  /** No check began after all. */
  none(): void;
}

export class Desk {
  readonly element: HTMLElement;
  private readonly note = h("div", { class: "live-note", role: "status" });
  private readonly toolbar: Toolbar;
  private readonly pad: Pad;
  private readonly view: EditorView;
  private readonly versions: Versions;
  private readonly copies: Copies;
  /** A line is being typed: what is said of it can wait until it is left. */
  private typing = false;
  private held: (() => void) | null = null;
  /** The solution was refused once; the note and the button say so. */
  private refused = false;

  constructor(
    private readonly facts: ExerciseFacts,
    state: ExerciseState,
    private readonly around: Surroundings,
    private readonly checking: Checking,
  ) {
    const conflict = new ConflictBox({
      mine: () => void this.pad.keepMine(),
      theirs: () => this.pad.takeTheirs(),
    });
    const way = h("p", { class: "live-unseen", id: `live-way-${facts.step}-${facts.name}` }, WAY);
    this.toolbar = this.tools();
    this.view = makeEditor(state.content ?? "", {
      label: `${facts.file}, editor`,
      describedBy: way.id,
      edited: (content) => this.pad.edited(content),
      typed: () => (this.typing = true),
      left: () => this.left(),
      save: () => {
        this.left();
        void this.pad.save();
      },
      check: () => void this.check(),
    });
    this.view.contentDOM.addEventListener("focus", () => around.course.at(facts.key));
    this.pad = new Pad(
      around.course,
      facts.key,
      state,
      around.drafts,
      {
        show: (content) => show(this.view, content),
        saved: (saved, message) => this.toolbar.saved(saved, message),
        conflict: (theirs) => conflict.show(theirs, () => this.pad.file.mine),
      },
      autosave,
    );
    this.versions = new Versions(around.course, state, () => this.pad.file.mine);
    this.copies = new Copies(around.course, facts, state.kept, this.pad, this.say);
    this.element = ownKeys(
      h(
        "div",
        { class: "live-editor" },
        way,
        this.view.dom,
        conflict.element,
        this.toolbar.element,
        this.note,
      ),
    );
  }

  /** To be called when the element is on the page. */
  begin(): void {
    this.pad.begin();
    this.view.requestMeasure();
  }

  saved(disk: Disk): void {
    this.pad.heard(disk);
  }

  /** What the disk holds now, for certain. */
  compare(disk: Disk): void {
    this.pad.compare(disk);
  }

  get unsaved(): boolean {
    return this.pad.unsaved;
  }

  /** The page is left: what is typed goes to the disk without a pause. */
  leave(): void {
    if (autosave()) void this.pad.save();
  }

  autosaveChanged(): void {
    this.toolbar.refresh();
    this.pad.plan();
  }

  /** Do something when the line that is being typed is left; false when none is. */
  later(act: () => void): boolean {
    this.held = this.typing && this.view.hasFocus ? act : null;
    return this.held !== null;
  }

  judge(report: Report): void {
    if (report.status === "pass") this.earn();
    const fault = faultOf(report, this.facts.file);
    const mark = (): void => showFault(this.view, fault);
    const here = fault?.line.number === lineOf(this.view);
    if (here && this.later(mark)) showFault(this.view, null);
    else mark();
  }

  /** It has passed: the solution is there for the asking. */
  private earn(): void {
    this.versions.earn();
    this.toolbar.offerSolution("Solution");
    if (this.refused) this.note.replaceChildren();
    this.refused = false;
  }

  /** The line that was being typed is left, or a verdict on it is asked for. */
  private left(): void {
    this.typing = false;
    const { held } = this;
    this.held = null;
    // An editor takes no change while it tells of one.
    if (held) queueMicrotask(held);
  }

  private tools(): Toolbar {
    const { facts, around } = this;
    return new Toolbar(facts.file, {
      check: () => void this.check(),
      run: facts.is_app ? () => around.run(facts.key, facts.title) : null,
      compare: () => void this.versions.show().catch(this.say),
      solution: () => void this.solution(),
      reset: () => void this.copies.reset(),
      autosave: () => around.autosave(),
    });
  }

  /** Save and check; what is saved is checked by the course itself. */
  private async check(): Promise<void> {
    this.left();
    this.checking.began();
    try {
      if (!this.pad.file.dirty) await this.around.course.check(this.facts.key);
      else if (!(await this.pad.save())) this.checking.none();
    } catch (error) {
      this.checking.none();
      this.say(error);
    }
  }

  private async solution(): Promise<void> {
    this.note.replaceChildren();
    const shown = await this.versions.solution(this.say);
    this.refused = !shown;
    this.toolbar.offerSolution(shown ? "Solution" : ONCE_MORE);
  }

  readonly say = (what: unknown, ...more: Node[]): void => {
    this.refused = false;
    this.note.replaceChildren(
      h("p", {}, what instanceof Error ? what.message : String(what), ...more),
    );
  };
}
