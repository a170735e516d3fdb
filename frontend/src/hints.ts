/** Hints, one at a time. */

import { announce } from "./announce";
import { button, h, prose } from "./dom";

export interface Taken {
  hints: string[];
  left: number;
}

/** The hints of one check: those taken, and a button for the next. */
export class Hints {
  readonly element = h("div", { class: "live-hints" });
  private readonly list = h("ul");
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

  private async take(): Promise<void> {
    this.next.disabled = true;
    try {
      this.taken = await this.ask();
      this.draw();
      announce(`Hint: ${this.taken.hints.at(-1) ?? "there is none"}`);
    } catch (error) {
      this.failed(error);
    } finally {
      this.next.disabled = false;
    }
  }

  private draw(): void {
    const { hints, left } = this.taken;
    this.list.replaceChildren(...hints.map((hint) => h("li", {}, prose(hint))));
    this.list.hidden = !hints.length;
    this.next.textContent = `${hints.length ? "Another hint" : "Hint"} (${left} left)`;
    this.offer(true);
  }
}
