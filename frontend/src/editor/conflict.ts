/** The file was changed in two places: both are shown, and the learner chooses. */

import type { Disk } from "../connection/wire";
import { announce } from "../page/announce";
import { button, folded, h } from "../page/dom";
import { difference } from "./compare-dialog";

/** Milliseconds without an edit after which both are shown anew. */
const PAUSE = 400;

interface Choice {
  mine(): void;
  theirs(): void;
}

export class ConflictBox {
  readonly element = h("div", {
    class: "live-conflict",
    role: "group",
    "aria-label": "Conflict",
    hidden: true,
  });
  private shown: string | null = null;
  /** Show mine as it is by now: it may be edited further. */
  private redraw = (): void => undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly choice: Choice) {}

  /** Show a conflict, or none. */
  show(theirs: Disk | null, mine: () => string): void {
    const shown = theirs && `${theirs.version} ${theirs.notice ?? ""}`;
    clearTimeout(this.soon);
    if (shown === this.shown) {
      this.soon = setTimeout(() => this.redraw(), PAUSE);
      return;
    }
    this.shown = shown;
    this.redraw = () => undefined;
    this.element.hidden = !theirs;
    if (theirs?.content === null) this.unreadable(theirs, mine());
    else if (theirs) this.ask(theirs.content, mine);
    else this.element.replaceChildren();
  }

  private ask(theirs: string, mine: () => string): void {
    const words =
      "This file was changed on the disk while you were changing it here. Nothing is lost yet: which one stays?";
    const details = folded("Show both: – on the disk, + in this page", true);
    let drawn: string | null = null;
    this.redraw = () => {
      const wanted = details.open ? mine() : null;
      if (wanted === drawn) return;
      drawn = wanted;
      details.querySelector(".live-merge")?.remove();
      if (drawn !== null) details.append(difference(theirs, drawn));
    };
    details.addEventListener("toggle", () => this.redraw());
    this.element.replaceChildren(
      h("p", {}, h("strong", {}, words)),
      h(
        "p",
        { class: "live-row" },
        button("Keep mine", this.choice.mine, { class: "live-button live-primary" }),
        button("Take the one on the disk", this.choice.theirs),
      ),
      details,
    );
    announce(words);
  }

  private unreadable(disk: Disk, mine: string): void {
    const words =
      disk.notice ?? "The file on the disk is no text. Open it in another editor, or reset it.";
    this.element.replaceChildren(h("p", {}, h("strong", {}, words)));
    if (mine) this.element.append(h("p", {}, button("Write what stands here", this.choice.mine)));
    announce(words);
  }
}
