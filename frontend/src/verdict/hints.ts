/** The hints of a check, given one at a time. */

import { announce, button, h } from "../page/dom";
import { inline } from "../page/text";

/** The hints that the learner has taken, and how many are left. */
export interface TakenHints {
  hints: string[];
  left: number;
}

/** The hints taken so far, and a button for the next. */
export class Hints {
  readonly element = h("div", { class: "live-hints" });
  private readonly list = h("ul");
  private waiting = false;
  private readonly next = button("Hint", () => void this.take(), {
    class: "live-button live-small",
  });

  constructor(
    private taken: TakenHints,
    private readonly fetchNext: () => Promise<TakenHints>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.element.append(this.list, this.next);
    this.draw();
  }

  /** Show the button for the next hint; never when none is left. */
  setOffered(offered: boolean): void {
    this.next.hidden = !offered || this.taken.left < 1;
  }

  /** The button is not disabled meanwhile: it would lose the focus. */
  private async take(): Promise<void> {
    if (this.waiting) return;
    this.waiting = true;
    try {
      this.taken = await this.fetchNext();
      const focused = document.activeElement === this.next;
      this.draw();
      const last = this.list.lastElementChild;
      if (focused && this.next.hidden && last instanceof HTMLElement) last.focus();
      announce(`Hint: ${this.taken.hints.at(-1) ?? "there is none"}`);
    } catch (error) {
      this.onError(error);
    } finally {
      this.waiting = false;
    }
  }

  private draw(): void {
    const { hints, left } = this.taken;
    this.list.replaceChildren(...hints.map((hint) => h("li", { tabindex: -1 }, inline(hint))));
    this.list.hidden = !hints.length;
    this.next.textContent = `${hints.length ? "Another hint" : "Hint"} (${left} left)`;
    this.setOffered(true);
  }
}
