/**
 * The state of the connection and the apps that run unseen: in the side bar, or below a phone's
 * header.
 */

import type { ConnectionState } from "../connection/course";
import { button, h } from "./dom";

/** From this width on the theme always shows the side bar. */
const WIDE = "(min-width: 63.01em)";
const TEXTS: Record<ConnectionState, string> = {
  connecting: "Connecting …",
  connected: "Connected",
  away: "The course is not running. Start it: python -m workshop. Your edits are kept.",
  ended: "The course was stopped. Start it again: python -m workshop. Your edits are kept.",
  locked:
    "The course was started anew. Open the address that its terminal shows; your edits are kept.",
  shut: "These pages are not alive: this browser was not let in. Open the newest address that the course shows in its terminal; it lets one browser in.",
};

export class StatusLine {
  private readonly text = h("span", { class: "live-status-words" });
  private readonly element = h(
    "div",
    { class: "live-status", role: "status" },
    h("span", { class: "live-dot", "aria-hidden": true }),
    this.text,
  );
  private readonly apps = h("div", { class: "live-running", role: "status" });
  private readonly container = h("div", { class: "live-standing" }, this.element, this.apps);

  constructor() {
    const wide = matchMedia(WIDE);
    wide.addEventListener("change", () => this.attach(wide.matches));
    this.attach(wide.matches);
    this.show("connecting");
  }

  /** Put the line where it covers nothing of the page. */
  private attach(wide: boolean): void {
    const bar = wide ? document.querySelector(".sidebar-sticky") : null;
    const header = document.querySelector(".mobile-header");
    if (bar) bar.append(this.container);
    else if (header) header.after(this.container);
    else document.body.append(this.container);
  }

  /** List the apps that run and are not shown in the panel. */
  showApps(names: string[], show: (name: string) => void): void {
    this.apps.replaceChildren(
      ...names.map((name) =>
        button(`${name} is running`, () => show(name), {
          class: "live-button live-small live-is-running",
          title: "Show it, where you can stop it",
        }),
      ),
    );
  }

  show(state: ConnectionState): void {
    if (this.element.dataset.state === state) return;
    this.element.dataset.state = state;
    this.text.textContent = TEXTS[state];
  }
}
