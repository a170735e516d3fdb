/** What the tasks did around a stall: a row for each task, time from left to right. */

import type { Span } from "../connection/wire";
import { h } from "../page/dom";

const ROW = 30;
/** How wide a letter of a task's name is at most. */
const LETTER = 7.5;
/** The picture's width, letters of a name and numbers below: where there is room, and on a phone. */
const WIDE = { width: 480, letters: 24, numbers: 7 };
const NARROW = { width: 300, letters: 14, numbers: 4 };
const KINDS: Span["kind"][] = ["waits", "runs", "blocks"];
const UNITS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** The moments (seconds) that get a number below them, at most `most`, from 0 on. */
export function ticks(total: number, most: number): [number, string][] {
  const unit = UNITS.find((size) => total / size < most) ?? total;
  const count = Math.floor(total / unit + 1e-6) + 1;
  return Array.from({ length: count }, (_, at) => [
    at * unit,
    (at * unit).toFixed(unit < 0.1 ? 2 : 1),
  ]);
}

/** A picture of spans, and the same in words for those who listen. */
export function timeline(spans: Span[]): HTMLElement {
  const {
    width: whole,
    letters,
    numbers,
  } = matchMedia("(max-width: 46em)").matches ? NARROW : WIDE;
  const names = [...new Set(spans.map((span) => span.row))];
  const foot = ROW * names.length + 6;
  const left = Math.max(...names.map((name) => name.slice(0, letters).length)) * LETTER + 10;
  const until = Math.max(0.001, ...spans.map((span) => span.end));
  const scale = (whole - left - 26) / until;
  const picture = svg("svg", {
    viewBox: `0 0 ${whole} ${foot + 24}`,
    role: "img",
    "aria-label": spans.map(told).join(" "),
  });
  const marks = ticks(until, numbers);
  marks.forEach(([moment, number], at) => {
    const x = left + moment * scale;
    const unit = at === marks.length - 1 ? " s" : "";
    picture.append(
      svg("path", { class: "live-tick", d: `M${x} 4V${foot}` }),
      svg("text", { class: "live-number", x, y: foot + 17 }, number + unit),
    );
  });
  names.forEach((name, at) => {
    const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    picture.append(svg("text", { x: 2, y: ROW * at + 25 }, short));
  });
  for (const kind of KINDS) {
    for (const span of spans.filter((one) => one.kind === kind)) {
      const x = left + span.begin * scale;
      const width = Math.max((span.end - span.begin) * scale, 2);
      const y = ROW * names.indexOf(span.row) + 10;
      picture.append(svg("rect", { class: `live-${kind}`, x, width, y, height: ROW - 8 }));
      if (kind === "blocks") {
        picture.append(svg("rect", { class: "live-still", x, width, y: 4, height: foot - 4 }));
      }
    }
  }
  const legend = KINDS.map((kind) => h("li", { class: `live-${kind}` }, LEGEND[kind]));
  return h("div", { class: "live-timeline" }, picture, h("ul", {}, ...legend));
}

const LEGEND: Record<Span["kind"], string> = {
  waits: "waits",
  runs: "runs",
  blocks: "blocks the loop",
};

function told({ row, kind, begin, end }: Span): string {
  return `${row} ${LEGEND[kind]} from ${begin.toFixed(2)} to ${end.toFixed(2)} seconds.`;
}

function svg(name: string, attributes: Record<string, string | number>, words = ""): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (words) element.textContent = words;
  return element;
}
