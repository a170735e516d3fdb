/** Whether the course is there, in a corner of the page. */

import type { Connection } from "./course";
import { h } from "./dom";

const WORDS: Record<Connection, string> = {
  connecting: "Connecting …",
  connected: "Connected",
  away: "The course is not running. Start it: python -m workshop. Your edits are kept.",
  ended: "The course was stopped. Start it again: python -m workshop. Your edits are kept.",
  locked:
    "The course was started anew. Open the address that its terminal shows; your edits are kept.",
  shut: "These pages are not alive: this browser was not let in. Open the newest address that the course shows in its terminal; it lets one browser in.",
};

export class StatusLine {
  private readonly words = h("span", { class: "live-status-words" });
  private readonly element = h(
    "div",
    { class: "live-status", role: "status" },
    h("span", { class: "live-dot", "aria-hidden": true }),
    this.words,
  );

  constructor() {
    document.body.append(this.element);
    this.show("connecting");
  }

  show(connection: Connection): void {
    if (this.element.dataset.state === connection) return;
    this.element.dataset.state = connection;
    this.words.textContent = WORDS[connection];
  }
}
