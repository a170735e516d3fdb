/** A report in few words. */

import type { Report } from "../connection/wire";

export interface Tally {
  passed: number;
  of: number;
}

export function tally(report: Report): Tally {
  return {
    passed: report.tests.filter((test) => test.status === "pass").length,
    of: report.tests.length,
  };
}

/** Whether Python could not read the file at all. */
export function unread(report: Report): boolean {
  const said = [report.message, ...report.tests.map((test) => test.message)];
  return (
    report.status === "error" &&
    said.some((words) => /\b(Syntax|Indentation|Tab)Error\b/.test(words ?? ""))
  );
}

/** One sentence for those who listen. */
export function spoken(name: string, report: Report): string {
  const { passed, of } = tally(report);
  if (!of) return `${name}: ${report.message ?? "it could not be checked"}`;
  const count = `${name}: ${passed} of ${of} ${of === 1 ? "check" : "checks"} passed`;
  const first = report.tests.find((test) => test.status !== "pass");
  if (!first) return `${count}. Done.`;
  return `${count}; first trouble: ${first.sentence} ${first.message ?? ""}`.trim();
}

/** The name of the question that a check answers: without the values that it was asked with. */
export function question(check: string): string {
  return check.split("[")[0] ?? check;
}
