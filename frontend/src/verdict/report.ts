/** What a report says in few words: counts, the sentence for screen readers, the line at fault. */

import type { Exchange, Line, Report } from "../connection/wire";

export interface Tally {
  passed: number;
  of: number;
}

/** How many of a report's checks passed. */
export function tally(report: Report): Tally {
  return {
    passed: report.tests.filter((test) => test.status === "pass").length,
    of: report.tests.length,
  };
}

/** Whether Python could not parse the file. */
export function isSyntaxError(report: Report): boolean {
  const messages = [report.message, ...report.tests.map((test) => test.message)];
  return (
    report.status === "error" &&
    messages.some((message) => /\b(Syntax|Indentation|Tab)Error\b/.test(message ?? ""))
  );
}

/** A report in one sentence, for screen readers. */
export function spokenSummary(name: string, report: Report): string {
  const { passed, of } = tally(report);
  if (!of) return `${name}: ${report.message ?? "it could not be checked"}`;
  const count = `${name}: ${passed} of ${of} ${of === 1 ? "check" : "checks"} passed`;
  const first = report.tests.find((test) => test.status !== "pass");
  if (!first) return `${count}. Done.`;
  return `${count}; first trouble: ${first.sentence} ${first.message ?? ""}`.trim();
}

/** The name of a check's test function: pytest's name without the parameters in brackets. */
export function testFunction(check: string): string {
  return check.split("[")[0] ?? check;
}

/** The exchange to show: the last that has a mark, else the last that the check itself sent. */
export function mainExchange(exchanges: Exchange[]): Exchange | null {
  return (
    exchanges.findLast((exchange) => exchange.marks.length > 0) ??
    exchanges.findLast((exchange) => !exchange.inner) ??
    null
  );
}

/** A line of the learner's file, and what is wrong there. */
export interface Diagnostic {
  line: Line;
  sentence: string;
}

/**
 * The line of `file` at which the first check failed; null when the report passed or names no line
 * of it.
 */
export function diagnosticOf(report: Report, file: string): Diagnostic | null {
  const check = report.tests.find((test) => test.status !== "pass");
  const server = check?.exchanges.findLast((exchange) => exchange.server?.traceback.length)?.server;
  const candidates = [
    check?.advice?.line,
    check?.traceback.at(-1),
    server?.traceback.at(-1),
    mainExchange(check?.exchanges ?? [])?.server?.answered,
    check?.stalls[0]?.line,
    report.advice?.line,
    report.place,
    check?.last,
  ];
  const line = candidates.find((candidate) => candidate?.file === file);
  const sentence =
    check?.advice?.sentence ?? check?.message ?? report.advice?.sentence ?? report.message;
  return line && sentence && report.status !== "pass" ? { line, sentence } : null;
}
