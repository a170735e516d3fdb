/**
 * The learner's progress: counts in the side bar and on the cards of the steps, a badge at each
 * exercise.
 */

import type { ExerciseFacts, State } from "../connection/wire";
import { h, visuallyHidden } from "./dom";
import { normalizedPath, pageUrl } from "./sphinx";

export interface Count {
  done: number;
  of: number;
}

/** How many exercises of each step are done, by the step's label. */
export function countByStep(exercises: ExerciseFacts[]): Map<string, Count> {
  const found = new Map<string, Count>();
  for (const { step, key, passes } of exercises) {
    const label = key.split("/")[0] ?? step;
    const count = found.get(label) ?? { done: 0, of: 0 };
    found.set(label, { done: count.done + (passes ? 1 : 0), of: count.of + 1 });
  }
  return found;
}

export function showProgress(state: State): void {
  countInSidebar(state);
  countOnCards(state);
  for (const section of document.querySelectorAll<HTMLElement>("section.exercise[data-exercise]")) {
    const facts = state.exercises.find(({ key }) => key === section.dataset.exercise);
    if (facts) showBadge(section, facts);
  }
}

function countInSidebar(state: State): void {
  const done = countByStep(state.exercises);
  const links = [
    ...document.querySelectorAll<HTMLAnchorElement>(".sidebar-tree a.reference.internal"),
  ];
  for (const step of state.steps) {
    const count = done.get(step.label);
    const wanted = normalizedPath(pageUrl(step.page));
    const link = links.find(({ href }) => normalizedPath(href) === wanted);
    if (count && link) showCount(link, count);
  }
}

/** The steps' cards on the landing page. */
function countOnCards(state: State): void {
  const done = countByStep(state.exercises);
  for (const step of state.steps) {
    const count = done.get(step.label);
    const wanted = normalizedPath(pageUrl(step.page));
    for (const link of document.querySelectorAll<HTMLAnchorElement>("ol.cards .title a")) {
      if (count && normalizedPath(link.href) === wanted) showCount(link, count);
    }
  }
}

function showCount(link: HTMLElement, { done, of }: Count): void {
  link.querySelector(".live-count")?.remove();
  const whole = done === of;
  link.append(
    h(
      "span",
      { class: whole ? "live-count live-whole-done" : "live-count" },
      h("span", { "aria-hidden": true }, whole ? "✓" : `${done}/${of}`),
      visuallyHidden(whole ? " (all done)" : ` (${done} of ${of} done)`),
    ),
  );
}

function showBadge(section: HTMLElement, facts: ExerciseFacts): void {
  section.classList.toggle("live-done", facts.passes);
  section.querySelector(".badge.live-badge")?.remove();
  section
    .querySelector(".badges")
    ?.append(
      h("span", { class: `badge live-badge${facts.passes ? " home" : ""}` }, statusOf(facts)),
    );
}

/**
 * The text of an exercise's badge: "Done" is about the file as it is now, not about an earlier one.
 */
export function statusOf(
  facts: Pick<ExerciseFacts, "done" | "passes" | "outcome" | "passed" | "of">,
): string {
  if (facts.passes) return "✓ Done";
  if (facts.done) return "Passed before, not as it is now";
  return facts.outcome === null ? "Not checked yet" : `${facts.passed} of ${facts.of} checks`;
}
