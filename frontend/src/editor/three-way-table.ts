/** A table of three versions of a file, with equal lines beside each other. */

import { pythonLanguage } from "@codemirror/lang-python";
import { highlightCode } from "@lezer/highlight";
import { button, h, visuallyHidden } from "../page/dom";
import { alignLines, foldRows } from "./line-alignment";
import type { Cell, Row } from "./line-alignment";
import { highlighting } from "./theme";

/** A version to show. */
export interface Column {
  title: string;
  /** Null while it may not be shown. */
  content: string | null;
  /** Why it may not be shown. */
  instead?: string;
}

/** Equal rows that are shown around a difference, and the fewest that are folded. */
const MARGIN = 3;
const LEAST_FOLDED = 6;

export function threeWayTable(left: Column, middle: Column, right: Column): HTMLElement {
  const all = [left, middle, right];
  const rows = alignLines(left.content ?? "", middle.content ?? "", right.content);
  const lines = all.map(({ content }) => (content === null ? [] : highlightedLines(content)));
  const titles = all.map(({ title }) => title);
  const head = h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)));
  const table = h("table", { "data-shown": 1 }, h("thead", {}, head));
  for (const group of foldRows(rows, MARGIN, LEAST_FOLDED)) {
    const body = h("tbody", { hidden: group.folded });
    body.append(...group.rows.map((row) => tableRow(row, lines, titles)));
    if (group.folded) table.append(foldedGroup(body, group.rows.length, all.length));
    table.append(body);
  }
  const place = h("div", { class: "live-columns" }, columnChoice(table, titles));
  if (right.content === null) place.append(h("p", {}, `${right.title}: ${right.instead ?? ""}`));
  place.append(table);
  return place;
}

/** A row with a button that shows the hidden rows of `body`. */
function foldedGroup(body: HTMLElement, count: number, width: number): HTMLElement {
  const open = button(
    `${count} unchanged lines`,
    () => {
      body.hidden = false;
      place.remove();
      body.tabIndex = -1;
      body.focus();
    },
    { class: "live-button live-small" },
  );
  const place = h("tbody", {}, h("tr", { class: "live-same" }, h("td", { colspan: width }, open)));
  return place;
}

function tableRow(row: Row, lines: HTMLElement[][], titles: string[]): HTMLElement {
  const cells = titles.map((_, column) => {
    const cell = row[column];
    if (!cell) return h("td", { class: "live-none" });
    const code = lines[column]?.[cell.number - 1] ?? h("code", {}, cell.text);
    const names = [cell.before && "live-before-differs", cell.after && "live-after-differs"];
    const attributes = { class: names.filter(Boolean).join(" "), "data-line": cell.number };
    return h("td", attributes, differenceNote(cell, titles, column), code);
  });
  return h("tr", {}, ...cells);
}

/** What the bars beside a line mean, for screen readers. */
function differenceNote(cell: Cell, titles: string[], column: number): HTMLElement | null {
  const others = [cell.before && titles[column - 1], cell.after && titles[column + 1]];
  const named = others.filter(Boolean);
  return named.length ? visuallyHidden(`Not as in ${named.join(", nor in ")}: `) : null;
}

/** Radio buttons that choose the column to show where there is room for one only. */
function columnChoice(table: HTMLElement, titles: string[]): HTMLElement {
  const choice = h(
    "fieldset",
    { class: "live-choice live-one-column" },
    h("legend", { class: "live-unseen" }, "Show"),
  );
  titles.forEach((title, column) => {
    const input = h("input", {
      type: "radio",
      name: "live-column",
      checked: column === 1,
      on: { change: () => (table.dataset.shown = String(column)) },
    });
    choice.append(h("label", {}, input, ` ${title}`));
  });
  return choice;
}

/** The lines of a program with syntax highlighting; the editor on the page has added its CSS. */
function highlightedLines(content: string): HTMLElement[] {
  const found = [h("code")];
  highlightCode(
    content,
    pythonLanguage.parser.parse(content),
    highlighting,
    (text, classes) => found.at(-1)?.append(classes ? h("span", { class: classes }, text) : text),
    () => found.push(h("code")),
  );
  return found;
}
