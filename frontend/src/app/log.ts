/** What the app printed, the newest at the foot. */

import { h } from "../page/dom";

const LINES = 500;

/** Of lines that were told, those that are not known yet: `printed` is how many there were with them, `known` without. */
export function fresh(lines: string[], printed: number, known: number): string[] {
  return lines.slice(Math.max(0, lines.length - Math.max(0, printed - known)));
}

export class Log {
  readonly element = h("pre", {
    class: "live-log",
    tabindex: 0,
    role: "log",
    "aria-label": "What the app printed",
  });
  private lines: string[] = [];
  private printed = 0;

  /** All that is known, in place of what was shown. */
  show(lines: string[], printed: number): void {
    this.lines = [];
    this.printed = printed;
    this.append(lines);
  }

  /** New lines, the last of which is number `printed`. */
  add(lines: string[], printed: number): void {
    const found = fresh(lines, printed, this.printed);
    this.printed = Math.max(printed, this.printed);
    if (found.length) this.append(found);
  }

  /** Who has scrolled up stays there. */
  private append(lines: string[]): void {
    const { element } = this;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
    this.lines = [...this.lines, ...lines].slice(-LINES);
    element.textContent = this.lines.join("\n");
    if (atEnd) element.scrollTop = element.scrollHeight;
  }
}
