/** The list of an exercise's checks: passed or failed, the evidence, and the hints. */

import type { Check, ExerciseState, Outcome, Report } from "../connection/wire";
import { details, h, visuallyHidden } from "../page/dom";
import { inline } from "../page/text";
import type { AppAddress } from "./curl";
import { advice, durationOf, evidence, printed, stalls } from "./evidence";
import { sourceLine } from "./exchange";
import { Hints } from "./hints";
import type { TakenHints } from "./hints";
import { tally, testFunction } from "./report";

/** What screen readers say before a check's sentence. */
const STATUS_TEXTS: Record<Outcome, string> = {
  pass: "passed: ",
  fail: "failed: ",
  error: "broken: ",
};

interface Row {
  item: HTMLLIElement;
  status: HTMLElement;
  reason: HTMLElement;
  hints: Hints;
}

export class CheckList {
  private readonly rows = new Map<string, Row>();
  private readonly summary = h("span", { class: "live-tally" });
  /** What concerns the whole file. */
  private readonly whole = h("div", { class: "live-whole" });

  /**
   * Takes over the list that stands in the exercise's section; `app` is null unless the exercise is
   * an app.
   */
  constructor(
    section: HTMLElement,
    state: ExerciseState,
    fetchHint: (check: string) => Promise<TakenHints>,
    onError: (error: unknown) => void,
    private readonly app: AppAddress | null,
  ) {
    const list = section.querySelector("ol.checks");
    list?.previousElementSibling?.append(this.summary);
    list?.before(this.whole);
    for (const item of list?.querySelectorAll<HTMLLIElement>(":scope > li[data-check]") ?? []) {
      const name = item.dataset.check ?? "";
      item.querySelector(":scope > details.hint")?.classList.add("live-replaced");
      const taken = { hints: state.hints[name] ?? [], left: state.hints_left[name] ?? 0 };
      const hints = new Hints(taken, () => fetchHint(name), onError);
      const status = h("span");
      const reason = h("div", { class: "live-why" });
      item.querySelector("p.sentence")?.prepend(status);
      item.append(reason, hints.element);
      this.rows.set(name, { item, status, reason, hints });
    }
  }

  showChecking(): void {
    this.summary.textContent = " – checking …";
  }

  /** The line that the learner is typing is not valid Python yet. */
  showUnfinished(): void {
    this.summary.textContent = " – not checked: the line that you are typing is not finished";
  }

  /** There is no report yet. */
  showUnchecked(): void {
    this.summary.textContent = "";
  }

  show(report: Report): void {
    const { passed, of } = tally(report);
    this.summary.textContent = of
      ? ` – ${passed} of ${of} passed, ${report.seconds.toFixed(2)} s`
      : " – not checked";
    this.whole.replaceChildren(...aboutFile(report));
    const first = report.tests.find((check) => check.status !== "pass");
    for (const [name, row] of this.rows) {
      const checks = report.tests.filter((check) => testFunction(check.name) === name);
      const shown = checks.find((check) => check.status !== "pass") ?? checks[0];
      showCheck(row, shown, !!shown && shown === first, report.message, this.app);
    }
  }
}

/**
 * Show a check. A message that equals `fileMessage`, which stands above the list, is not repeated;
 * the evidence for it is shown with the first check that failed, and with each that has an
 * exchange.
 */
function showCheck(
  row: Row,
  check: Check | undefined,
  isFirstFailure: boolean,
  fileMessage: string | null,
  app: AppAddress | null,
): void {
  row.item.classList.remove("live-pass", "live-fail", "live-error");
  row.status.replaceChildren();
  row.reason.replaceChildren();
  row.hints.setOffered(check?.status !== "pass");
  if (!check) return;
  row.item.classList.add(`live-${check.status}`);
  row.status.append(visuallyHidden(STATUS_TEXTS[check.status]));
  if (check.status === "pass") {
    const [stall] = check.stalls;
    if (stall) {
      const summary = `Passed, but the event loop stood still for ${durationOf(stall)}`;
      const content = h("div", { class: "live-evidence" }, ...stalls(check));
      row.reason.append(details(summary, false, content));
    }
    return;
  }
  const repeats = fileMessage !== null && check.message === fileMessage;
  if (repeats && !isFirstFailure && !check.exchanges.length) return;
  const title = repeats
    ? "How it came to that"
    : (check.message?.split("\n")[0] ?? "What happened");
  const reason = details(inline(title), isFirstFailure && fileMessage === null);
  const fill = (): void => {
    if (reason.open && reason.childElementCount === 1)
      reason.append(evidence(repeats ? withoutMessage(check) : check, app));
  };
  reason.addEventListener("toggle", fill);
  fill();
  row.reason.append(reason);
}

/** A check without what stands above the list already. */
function withoutMessage(check: Check): Check {
  const traceback = check.advice ? [] : check.traceback;
  return { ...check, message: null, advice: null, traceback, last: null };
}

/** What is wrong with the whole file, to stand above the list. */
function aboutFile(report: Report): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (report.message && report.message !== report.advice?.sentence)
    found.push(h("p", { class: "live-message" }, inline(report.message)));
  if (report.advice) found.push(advice(report.advice));
  if (report.place && !report.advice?.line) found.push(sourceLine(report.place));
  if (report.output) found.push(printed(report.output));
  return found;
}
