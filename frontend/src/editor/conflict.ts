/**
 * A conflict: the file was changed in the editor and on the disk; both are shown, and the learner
 * chooses.
 */

import type { Disk } from "../connection/wire";
import { announce, button, details, h } from "../page/dom";
import { diffView } from "./compare-dialog";

/** Milliseconds without an edit after which the difference is drawn again. */
const REDRAW_DELAY = 400;

interface Choice {
  keepMine(): void;
  takeTheirs(): void;
}

export class ConflictBox {
  readonly element = h("div", {
    class: "live-conflict",
    role: "group",
    "aria-label": "Conflict",
    hidden: true,
  });
  /** Version and notice of the conflict that is shown. */
  private shown: string | null = null;
  /** Draw the difference again: the learner may go on editing. */
  private redraw = (): void => undefined;
  private redrawTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly choice: Choice) {}

  /** Show the conflict with the file on the disk; null: there is none. */
  show(theirs: Disk | null, mine: () => string): void {
    const shown = theirs && `${theirs.version} ${theirs.notice ?? ""}`;
    clearTimeout(this.redrawTimer);
    if (shown === this.shown) {
      this.redrawTimer = setTimeout(() => this.redraw(), REDRAW_DELAY);
      return;
    }
    this.shown = shown;
    this.redraw = () => undefined;
    this.element.hidden = !theirs;
    if (theirs?.content === null) this.showUnreadable(theirs, mine());
    else if (theirs) this.askWhich(theirs.content, mine);
    else this.element.replaceChildren();
  }

  private askWhich(theirs: string, mine: () => string): void {
    const words =
      "This file was changed on the disk while you were changing it here. Nothing is lost yet: which one stays?";
    const both = details("Show both: – on the disk, + in this page", true);
    let drawn: string | null = null;
    this.redraw = () => {
      const content = both.open ? mine() : null;
      if (content === drawn) return;
      drawn = content;
      both.querySelector(".live-merge")?.remove();
      if (drawn !== null) both.append(diffView(theirs, drawn));
    };
    both.addEventListener("toggle", () => this.redraw());
    this.element.replaceChildren(
      h("p", {}, h("strong", {}, words)),
      h(
        "p",
        { class: "live-row" },
        button("Keep mine", this.choice.keepMine, { class: "live-button live-primary" }),
        button("Take the one on the disk", this.choice.takeTheirs),
      ),
      both,
    );
    announce(words);
  }

  private showUnreadable(disk: Disk, mine: string): void {
    const words =
      disk.notice ?? "The file on the disk is no text. Open it in another editor, or reset it.";
    this.element.replaceChildren(h("p", {}, h("strong", {}, words)));
    if (mine)
      this.element.append(h("p", {}, button("Write what stands here", this.choice.keepMine)));
    announce(words);
  }
}
