/** The log of the app: the lines that it printed, the newest last. */

import { h } from "../page/dom";

/** How many lines are shown. */
const MAX_LINES = 500;

/**
 * The lines that are new: the app has printed `printed` lines by now, of which `known` are known.
 */
export function newLines(lines: string[], printed: number, known: number): string[] {
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

  /** Replace what is shown by the whole log; the app has printed `printed` lines by now. */
  replace(lines: string[], printed: number): void {
    this.lines = [];
    this.printed = printed;
    this.append(lines);
  }

  /** Add lines, the last of which is number `printed`. */
  add(lines: string[], printed: number): void {
    const found = newLines(lines, printed, this.printed);
    this.printed = Math.max(printed, this.printed);
    if (found.length) this.append(found);
  }

  /** Scroll to the end only if the end was visible before. */
  private append(lines: string[]): void {
    const { element } = this;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
    this.lines = [...this.lines, ...lines].slice(-MAX_LINES);
    element.textContent = this.lines.join("\n");
    if (atEnd) element.scrollTop = element.scrollHeight;
  }
}
