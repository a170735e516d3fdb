/** What is known of a check that did not pass: the plainest first; its first line stands above. */

import type { Place } from "../app/running-apps";
import type { Advice, Check, Stall } from "../connection/wire";
import { folded, h, prose } from "../page/dom";
import { difference } from "./difference";
import { exchangeOf, heading, place } from "./exchange";
import { timeline } from "./timeline";

export function evidence(check: Check, app: Place | null): HTMLElement {
  const found = check.difference;
  return h(
    "div",
    { class: "live-evidence" },
    check.message?.includes("\n") ? h("p", { class: "live-message" }, check.message) : null,
    found ? difference(found) : null,
    check.advice
      ? advice(check.advice, check.message)
      : check.traceback.length
        ? place(check.traceback.at(-1)!)
        : check.last && !check.exchanges.some((exchange) => exchange.server)
          ? place(check.last)
          : null,
    ...stalls(check),
    ...exchangeOf(check.exchanges, app),
    check.output ? printed(check.output) : null,
  );
}

/** What is wrong, unless that stands above already as `told`, and what to do. */
export function advice(given: Advice, told: string | null = null): HTMLElement {
  return h(
    "div",
    { class: "live-advice" },
    given.sentence === told ? null : h("p", {}, h("strong", {}, prose(given.sentence))),
    h("p", {}, h("span", { "aria-hidden": true }, "→ "), prose(given.action)),
    given.line ? place(given.line) : null,
  );
}

export function printed(output: string): HTMLElement {
  return folded("Your code printed", true, h("pre", {}, output));
}

/** When the event loop stood still: for how long, on which line, and what waited meanwhile. */
export function stalls(check: Check): Node[] {
  if (!check.stalls.length) return [];
  return [
    heading("The event loop stood still"),
    ...gathered(check.stalls).map(({ stall, times }) =>
      h(
        "div",
        { class: "live-stall" },
        h("p", {}, `${stood(stall)}${often(times)}: nothing else could run.`),
        stall.line ? place(stall.line) : null,
      ),
    ),
    ...(check.spans?.length ? [timeline(check.spans)] : []),
  ];
}

/** Stalls by their line: the longest of each, and how many there were. */
export function gathered(stalls: Stall[]): { stall: Stall; times: number }[] {
  const found = new Map<string, { stall: Stall; times: number }>();
  for (const stall of stalls) {
    const line = stall.line ? `${stall.line.file}:${stall.line.number}` : "";
    const known = found.get(line);
    found.set(line, {
      stall: known && known.stall.seconds >= stall.seconds ? known.stall : stall,
      times: (known?.times ?? 0) + 1,
    });
  }
  return [...found.values()];
}

function often(times: number): string {
  return times > 1 ? `, ${times} times` : "";
}

/** For how long, in words. */
export function stood({ seconds }: Stall): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} seconds`;
}
