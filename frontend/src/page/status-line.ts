/** Whether the course is there, and which apps run unseen: below the side bar, or below a phone's header. */

import type { Connection } from "../connection/course";
import { button, h } from "./dom";

/** Where the side bar is always there, as the theme has it. */
const WIDE = "(min-width: 63.01em)";
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
  private readonly apps = h("div", { class: "live-running", role: "status" });
  private readonly place = h("div", { class: "live-standing" }, this.element, this.apps);

  constructor() {
    const wide = matchMedia(WIDE);
    wide.addEventListener("change", () => this.settle(wide.matches));
    this.settle(wide.matches);
    this.show("connecting");
  }

  /** It has a place of its own in the page, and covers nothing. */
  private settle(wide: boolean): void {
    const bar = wide ? document.querySelector(".sidebar-sticky") : null;
    const header = document.querySelector(".mobile-header");
    if (bar) bar.append(this.place);
    else if (header) header.after(this.place);
    else document.body.append(this.place);
  }

  /** Name the apps that run and are not to be seen. */
  running(names: string[], show: (name: string) => void): void {
    this.apps.replaceChildren(
      ...names.map((name) =>
        button(`${name} is running`, () => show(name), {
          class: "live-button live-small live-is-running",
          title: "Show it, where you can stop it",
        }),
      ),
    );
  }

  show(connection: Connection): void {
    if (this.element.dataset.state === connection) return;
    this.element.dataset.state = connection;
    this.words.textContent = WORDS[connection];
  }
}
