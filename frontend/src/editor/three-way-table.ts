/** Three versions beside each other, as a table: each line stands beside its likes. */

import { pythonLanguage } from "@codemirror/lang-python";
import { highlightCode } from "@lezer/highlight";
import { button, h, unseen } from "../page/dom";
import { align, fold } from "./line-alignment";
import type { Cell, Row } from "./line-alignment";
import { colours } from "./theme";

/** A version to show; what it says in place of its lines while it may not be shown. */
export interface Column {
  title: string;
  content: string | null;
  instead?: string;
}

const MARGIN = 3;
const LEAST = 6;

export function columns(left: Column, middle: Column, right: Column): HTMLElement {
  const all = [left, middle, right];
  const rows = align(left.content ?? "", middle.content ?? "", right.content);
  const lines = all.map(({ content }) => (content === null ? [] : coloured(content)));
  const titles = all.map(({ title }) => title);
  const head = h("tr", {}, ...titles.map((title) => h("th", { scope: "col" }, title)));
  const table = h("table", { "data-shown": 1 }, h("thead", {}, head));
  for (const part of fold(rows, MARGIN, LEAST)) {
    const body = h("tbody", { hidden: part.folded });
    body.append(...part.rows.map((row) => line(row, lines, titles)));
    if (part.folded) table.append(unfolder(body, part.rows.length, all.length));
    table.append(body);
  }
  const place = h("div", { class: "live-columns" }, chooser(table, titles));
  if (right.content === null) place.append(h("p", {}, `${right.title}: ${right.instead ?? ""}`));
  place.append(table);
  return place;
}

/** A row that stands for many that are the same in all versions. */
function unfolder(body: HTMLElement, count: number, width: number): HTMLElement {
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

function line(row: Row, lines: HTMLElement[][], titles: string[]): HTMLElement {
  const cells = titles.map((_, column) => {
    const cell = row[column];
    if (!cell) return h("td", { class: "live-none" });
    const code = lines[column]?.[cell.number - 1] ?? h("code", {}, cell.text);
    const names = [cell.before && "live-before-differs", cell.after && "live-after-differs"];
    const attributes = { class: names.filter(Boolean).join(" "), "data-line": cell.number };
    return h("td", attributes, told(cell, titles, column), code);
  });
  return h("tr", {}, ...cells);
}

/** What the bars beside a line say, for those who do not see them. */
function told(cell: Cell, titles: string[], column: number): HTMLElement | null {
  const others = [cell.before && titles[column - 1], cell.after && titles[column + 1]];
  const named = others.filter(Boolean);
  return named.length ? unseen(`Not as in ${named.join(", nor in ")}: `) : null;
}

/** Where there is room for one column only: which one. */
function chooser(table: HTMLElement, titles: string[]): HTMLElement {
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

/** The lines of a program, with its colours; the editor on the page has brought their styles. */
function coloured(content: string): HTMLElement[] {
  const found = [h("code")];
  highlightCode(
    content,
    pythonLanguage.parser.parse(content),
    colours,
    (text, classes) => found.at(-1)?.append(classes ? h("span", { class: classes }, text) : text),
    () => found.push(h("code")),
  );
  return found;
}
