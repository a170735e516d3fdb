/**
 * A diagram (SVG) of what the tasks did around a stall: a row for each task, time from left to
 * right.
 */

import type { Span } from "../connection/wire";
import { h } from "../page/dom";

/** Pixels: the height of a row, and the most that a character of a task's name is wide. */
const ROW = 30;
const CHARACTER = 7.5;
/**
 * The width in pixels, characters of a name, and numbers on the axis: on a wide screen, on a phone.
 */
const WIDE = { width: 480, characters: 24, numbers: 7 };
const NARROW = { width: 300, characters: 14, numbers: 4 };
const KINDS: Span["kind"][] = ["waits", "runs", "blocks"];
const TICK_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/**
 * The ticks of the axis from 0 to `total` seconds, at most `most`: where each is, and its number.
 */
export function ticks(total: number, most: number): [number, string][] {
  const unit = TICK_SECONDS.find((size) => total / size < most) ?? total;
  const count = Math.floor(total / unit + 1e-6) + 1;
  return Array.from({ length: count }, (_, at) => [
    at * unit,
    (at * unit).toFixed(unit < 0.1 ? 2 : 1),
  ]);
}

/** The diagram of these spans; its label says the same in words. */
export function timeline(spans: Span[]): HTMLElement {
  const {
    width: fullWidth,
    characters,
    numbers,
  } = matchMedia("(max-width: 46em)").matches ? NARROW : WIDE;
  const names = [...new Set(spans.map((span) => span.row))];
  const height = ROW * names.length + 6;
  const left = Math.max(...names.map((name) => name.slice(0, characters).length)) * CHARACTER + 10;
  const until = Math.max(0.001, ...spans.map((span) => span.end));
  const scale = (fullWidth - left - 26) / until;
  const diagram = svg("svg", {
    viewBox: `0 0 ${fullWidth} ${height + 24}`,
    role: "img",
    "aria-label": spans.map(describe).join(" "),
  });
  const marks = ticks(until, numbers);
  marks.forEach(([moment, number], at) => {
    const x = left + moment * scale;
    const unit = at === marks.length - 1 ? " s" : "";
    diagram.append(
      svg("path", { class: "live-tick", d: `M${x} 4V${height}` }),
      svg("text", { class: "live-number", x, y: height + 17 }, number + unit),
    );
  });
  names.forEach((name, at) => {
    const short = name.length > characters ? `${name.slice(0, characters - 1)}…` : name;
    diagram.append(svg("text", { x: 2, y: ROW * at + 25 }, short));
  });
  for (const kind of KINDS) {
    for (const span of spans.filter((one) => one.kind === kind)) {
      const x = left + span.begin * scale;
      const width = Math.max((span.end - span.begin) * scale, 2);
      const y = ROW * names.indexOf(span.row) + 10;
      diagram.append(svg("rect", { class: `live-${kind}`, x, width, y, height: ROW - 8 }));
      if (kind === "blocks") {
        diagram.append(svg("rect", { class: "live-still", x, width, y: 4, height: height - 4 }));
      }
    }
  }
  const legend = KINDS.map((kind) => h("li", { class: `live-${kind}` }, LEGEND[kind]));
  return h("div", { class: "live-timeline" }, diagram, h("ul", {}, ...legend));
}

const LEGEND: Record<Span["kind"], string> = {
  waits: "waits",
  runs: "runs",
  blocks: "blocks the loop",
};

function describe({ row, kind, begin, end }: Span): string {
  return `${row} ${LEGEND[kind]} from ${begin.toFixed(2)} to ${end.toFixed(2)} seconds.`;
}

function svg(name: string, attributes: Record<string, string | number>, words = ""): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (words) element.textContent = words;
  return element;
}
