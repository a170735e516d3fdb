/**
 * The evidence of a check that did not pass, simplest first: difference, advice, line, stalls, HTTP
 * exchange, output.
 */

import type { Advice, Check, Stall } from "../connection/wire";
import { details, h, heading } from "../page/dom";
import { inline } from "../page/text";
import type { AppAddress } from "./curl";
import { difference } from "./difference";
import { exchangesOf, sourceLine } from "./exchange";
import { timeline } from "./timeline";

/** The first line of the check's message is not repeated: it is the title of the evidence. */
export function evidence(check: Check, app: AppAddress | null): HTMLElement {
  const found = check.difference;
  return h(
    "div",
    { class: "live-evidence" },
    check.message?.includes("\n") ? h("p", { class: "live-message" }, check.message) : null,
    found ? difference(found) : null,
    check.advice
      ? advice(check.advice, check.message)
      : check.traceback.length
        ? sourceLine(check.traceback.at(-1)!)
        : check.last && !check.exchanges.some((exchange) => exchange.server)
          ? sourceLine(check.last)
          : null,
    ...stalls(check),
    ...exchangesOf(check.exchanges, app),
    check.output ? printed(check.output) : null,
  );
}

/**
 * What is wrong and what to do; the sentence is left out when it equals `title`, which stands
 * above.
 */
export function advice(given: Advice, title: string | null = null): HTMLElement {
  return h(
    "div",
    { class: "live-advice" },
    given.sentence === title ? null : h("p", {}, h("strong", {}, inline(given.sentence))),
    h("p", {}, h("span", { "aria-hidden": true }, "→ "), inline(given.action)),
    given.line ? sourceLine(given.line) : null,
  );
}

/** What the learner's code printed. */
export function printed(output: string): HTMLElement {
  return details("Your code printed", true, h("pre", {}, output));
}

/** Each stall of the event loop: how long, on which line, and a diagram of the tasks. */
export function stalls(check: Check): Node[] {
  if (!check.stalls.length) return [];
  return [
    heading("The event loop stood still"),
    ...stallsByLine(check.stalls).map(({ stall, times }) =>
      h(
        "div",
        { class: "live-stall" },
        h(
          "p",
          {},
          `${durationOf(stall)}${times > 1 ? `, ${times} times` : ""}: nothing else could run.`,
        ),
        stall.line ? sourceLine(stall.line) : null,
      ),
    ),
    ...(check.spans?.length ? [timeline(check.spans)] : []),
  ];
}

/** The longest stall of each line, and how many there were on it. */
export function stallsByLine(stalls: Stall[]): { stall: Stall; times: number }[] {
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

/** How long the event loop stood still, in words. */
export function durationOf({ seconds }: Stall): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} seconds`;
}
