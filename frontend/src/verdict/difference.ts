/** What came and what was wanted. */

import type { Difference } from "../connection/wire";
import { h } from "../page/dom";
import { marked, unlike } from "./marked";

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
    if (found.operator === "not in") markCame(table, found);
  }
  return table;
}

function pair(
  table: HTMLElement,
  came: string,
  wanted: string,
  label: string,
  compare: boolean,
): void {
  const spans = compare ? unlike(came, wanted) : null;
  const [left, right] = spans ?? [
    { start: 0, end: 0 },
    { start: 0, end: 0 },
  ];
  table.append(
    h("dt", { class: "live-came" }, "came"),
    h("dd", { class: "live-came" }, h("code", {}, marked(came, left.start, left.end))),
    h("dt", { class: "live-wanted" }, label),
    h("dd", { class: "live-wanted" }, h("code", {}, marked(wanted, right.start, right.end))),
  );
}

/** Show where the text stands that must not be there. */
function markCame(table: HTMLElement, found: Difference): void {
  table
    .querySelector("dd.live-came code")
    ?.replaceChildren(marked(found.came, found.start, found.came_end));
}
