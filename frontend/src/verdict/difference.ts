/** The difference of an assertion: the value that came and the one that was wanted. */

import type { Difference } from "../connection/wire";
import { h } from "../page/dom";
import { marked, textChange } from "../page/text";

/** The label of the right side, by the operator of the assertion. */
const LABELS: Record<string, string> = {
  "==": "wanted",
  in: "must hold",
  "not in": "must not hold",
};

export function difference(found: Difference): HTMLElement {
  const table = h("dl", { class: "live-difference" });
  for (const part of found.parts) {
    table.append(
      h("dt", { class: "live-where" }, "at"),
      h("dd", { class: "live-where" }, h("code", {}, part.where)),
    );
    pair(table, part.came ?? "(nothing)", part.wanted ?? "(nothing)", "wanted", true);
  }
  if (!found.parts.length) {
    const label = LABELS[found.operator] ?? `must be ${found.operator}`;
    pair(table, found.came, found.wanted, label, found.operator === "==");
    if (found.operator === "not in") markForbidden(table, found);
  }
  return table;
}

/** Two rows: what came, and what was wanted; `compare` marks where they differ. */
function pair(
  table: HTMLElement,
  came: string,
  wanted: string,
  label: string,
  compare: boolean,
): void {
  const [left, right] = (compare && differentParts(came, wanted)) || [NOTHING, NOTHING];
  table.append(
    h("dt", { class: "live-came" }, "came"),
    h("dd", { class: "live-came" }, h("code", {}, marked(came, left.start, left.end))),
    h("dt", { class: "live-wanted" }, label),
    h("dd", { class: "live-wanted" }, h("code", {}, marked(wanted, right.start, right.end))),
  );
}

/** Mark the text that must not be in the value that came. */
function markForbidden(table: HTMLElement, found: Difference): void {
  table
    .querySelector("dd.live-came code")
    ?.replaceChildren(marked(found.came, found.start, found.came_end));
}

interface Span {
  start: number;
  end: number;
}

const NOTHING: Span = { start: 0, end: 0 };

/** Where two texts differ; null when they have so little in common that a mark would not help. */
export function differentParts(came: string, wanted: string): [Span, Span] | null {
  const change = textChange(came, wanted);
  if (!change) return null;
  const tail = came.length - change.to;
  if (change.from <= 1 && tail <= 1) return null;
  const start = change.from;
  return [
    { start, end: change.to },
    { start, end: start + change.insert.length },
  ];
}
