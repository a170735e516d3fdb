/** The list of checks: green, red, and why. */

import type { Place } from "../app/running-apps";
import type { Check, ExerciseState, Outcome, Report } from "../connection/wire";
import { folded, h, prose, unseen } from "../page/dom";
import { advice, evidence, printed, stalls, stood } from "./evidence";
import { place } from "./exchange";
import { Hints } from "./hints";
import type { Taken } from "./hints";
import { question, tally } from "./report";

const WORDS: Record<Outcome, string> = { pass: "passed: ", fail: "failed: ", error: "broken: " };

interface Row {
  item: HTMLLIElement;
  said: HTMLElement;
  why: HTMLElement;
  hints: Hints;
}

export class Checks {
  private readonly rows = new Map<string, Row>();
  private readonly summary = h("span", { class: "live-tally" });
  private readonly whole = h("div", { class: "live-whole" });

  constructor(
    section: HTMLElement,
    state: ExerciseState,
    hint: (check: string) => Promise<Taken>,
    failed: (error: unknown) => void,
    private readonly app: Place | null,
  ) {
    const list = section.querySelector("ol.checks");
    list?.previousElementSibling?.append(this.summary);
    list?.before(this.whole);
    for (const item of list?.querySelectorAll<HTMLLIElement>(":scope > li[data-check]") ?? []) {
      const name = item.dataset.check ?? "";
      item.querySelector(":scope > details.hint")?.classList.add("live-replaced");
      const taken = { hints: state.hints[name] ?? [], left: state.hints_left[name] ?? 0 };
      const hints = new Hints(taken, () => hint(name), failed);
      const said = h("span");
      const why = h("div", { class: "live-why" });
      item.querySelector("p.sentence")?.prepend(said);
      item.append(why, hints.element);
      this.rows.set(name, { item, said, why, hints });
    }
  }

  checking(): void {
    this.summary.textContent = " – checking …";
  }

  /** The file is no Python at the line that is being typed. */
  unfinished(): void {
    this.summary.textContent = " – not checked: the line that you are typing is not finished";
  }

  /** Nothing is known of it yet. */
  unknown(): void {
    this.summary.textContent = "";
  }

  show(report: Report): void {
    const { passed, of } = tally(report);
    this.summary.textContent = of
      ? ` – ${passed} of ${of} passed, ${report.seconds.toFixed(2)} s`
      : " – not checked";
    this.whole.replaceChildren(...about(report));
    const trouble = report.tests.find((check) => check.status !== "pass");
    for (const [name, row] of this.rows) {
      const asked = report.tests.filter((check) => question(check.name) === name);
      const worst = asked.find((check) => check.status !== "pass") ?? asked[0];
      paint(row, worst, !!worst && worst === trouble, report.message, this.app);
    }
  }
}

/** Show a check; what is told of the whole file is not told again, but once how it came to that. */
function paint(
  row: Row,
  check: Check | undefined,
  first: boolean,
  whole: string | null,
  app: Place | null,
): void {
  row.item.classList.remove("live-pass", "live-fail", "live-error");
  row.said.replaceChildren();
  row.why.replaceChildren();
  row.hints.offer(check?.status !== "pass");
  if (!check) return;
  row.item.classList.add(`live-${check.status}`);
  row.said.append(unseen(WORDS[check.status]));
  if (check.status === "pass") {
    const [worst] = check.stalls;
    if (worst) {
      const words = `Passed, but the event loop stood still for ${stood(worst)}`;
      row.why.append(folded(words, false, h("div", { class: "live-evidence" }, ...stalls(check))));
    }
    return;
  }
  const told = whole !== null && check.message === whole;
  if (told && !first && !check.exchanges.length) return;
  const title = told ? "How it came to that" : (check.message?.split("\n")[0] ?? "What happened");
  const why = folded(prose(title), first && whole === null);
  const fill = (): void => {
    if (why.open && why.childElementCount === 1)
      why.append(evidence(told ? beside(check) : check, app));
  };
  why.addEventListener("toggle", fill);
  fill();
  row.why.append(why);
}

/** A check without what is told of the whole file already. */
function beside(check: Check): Check {
  const traceback = check.advice ? [] : check.traceback;
  return { ...check, message: null, advice: null, traceback, last: null };
}

/** What is wrong with the whole file, beside its checks. */
function about(report: Report): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (report.message && report.message !== report.advice?.sentence)
    found.push(h("p", { class: "live-message" }, prose(report.message)));
  if (report.advice) found.push(advice(report.advice));
  if (report.place && !report.advice?.line) found.push(place(report.place));
  if (report.output) found.push(printed(report.output));
  return found;
}
