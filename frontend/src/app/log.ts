/** What the app printed, the newest at the foot. */

import { h } from "../dom";

const LINES = 500;

export class Log {
  readonly element = h("pre", {
    class: "live-log",
    tabindex: 0,
    role: "log",
    "aria-label": "What the app printed",
  });
  private lines: string[] = [];

  /** All that is known, in place of what was shown. */
  show(lines: string[]): void {
    this.lines = [];
    this.add(lines);
  }

  /** New lines; who has scrolled up stays there. */
  add(lines: string[]): void {
    const { element } = this;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
    this.lines = [...this.lines, ...lines].slice(-LINES);
    element.textContent = this.lines.join("\n");
    if (atEnd) element.scrollTop = element.scrollHeight;
  }
}
