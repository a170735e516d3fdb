/** Hints, one at a time. */

import { announce } from "../page/announce";
import { button, h, prose } from "../page/dom";

export interface Taken {
  hints: string[];
  left: number;
}

/** The hints of one check: those taken, and a button for the next. */
export class Hints {
  readonly element = h("div", { class: "live-hints" });
  private readonly list = h("ul");
  private asking = false;
  private readonly next = button("Hint", () => void this.take(), {
    class: "live-button live-small",
  });

  constructor(
    private taken: Taken,
    private readonly ask: () => Promise<Taken>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.element.append(this.list, this.next);
    this.draw();
  }

  /** Offer another hint only while it is of use. */
  offer(wanted: boolean): void {
    this.next.hidden = !wanted || this.taken.left < 1;
  }

  /** The button is never disabled: whoever pressed it by a key would lose their place. */
  private async take(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      this.taken = await this.ask();
      const here = document.activeElement === this.next;
      this.draw();
      const last = this.list.lastElementChild;
      if (here && this.next.hidden && last instanceof HTMLElement) last.focus();
      announce(`Hint: ${this.taken.hints.at(-1) ?? "there is none"}`);
    } catch (error) {
      this.failed(error);
    } finally {
      this.asking = false;
    }
  }

  private draw(): void {
    const { hints, left } = this.taken;
    this.list.replaceChildren(...hints.map((hint) => h("li", { tabindex: -1 }, prose(hint))));
    this.list.hidden = !hints.length;
    this.next.textContent = `${hints.length ? "Another hint" : "Hint"} (${left} left)`;
    this.offer(true);
  }
}
