/** The editor of an exercise and all that belongs to it. */

import type { EditorView } from "@codemirror/view";
import { ConflictBox } from "./conflict";
import { Copies } from "./copies";
import { h, ownKeys } from "./dom";
import { makeEditor, show } from "./editor";
import type { Surroundings } from "./exercise";
import { faultOf, showFault } from "./fault";
import { Pad } from "./pad";
import { Toolbar, autosave } from "./toolbar";
import { Versions } from "./versions";
import type { Disk, ExerciseFacts, ExerciseState, Report } from "./wire";

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
      save: () => void this.pad.save(),
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

  judge(report: Report): void {
    if (report.status === "pass") this.versions.earn();
    showFault(this.view, faultOf(report, this.facts.file));
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
    this.toolbar.offerSolution(shown ? "Solution" : ONCE_MORE);
  }

  readonly say = (what: unknown, ...more: Node[]): void => {
    this.note.replaceChildren(
      h("p", {}, what instanceof Error ? what.message : String(what), ...more),
    );
  };
}
