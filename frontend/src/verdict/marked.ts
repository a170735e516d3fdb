/** Text with a stretch of it marked. */

import { h } from "../page/dom";
import { change } from "../page/text";

/** `text` with the characters from `start` up to `end` in a <mark>; none when that is empty. */
export function marked(text: string, start: number, end: number): DocumentFragment {
  const made = document.createDocumentFragment();
  if (end <= start) made.append(text);
  else made.append(text.slice(0, start), h("mark", {}, text.slice(start, end)), text.slice(end));
  return made;
}

export interface Span {
  start: number;
  end: number;
}

/** Where two texts differ; null when so little is alike that a mark would not help. */
export function unlike(came: string, wanted: string): [Span, Span] | null {
  const found = change(came, wanted);
  if (!found) return null;
  const tail = came.length - found.to;
  if (found.from <= 1 && tail <= 1) return null;
  const start = found.from;
  return [
    { start, end: found.to },
    { start, end: start + found.insert.length },
  ];
}

/** A box that scrolls when it is too high, also by the keyboard. */
export function box(label: string, ...children: (Node | string)[]): HTMLElement {
  return h(
    "pre",
    { class: "live-box", tabindex: 0, role: "group", "aria-label": label },
    ...children,
  );
}
