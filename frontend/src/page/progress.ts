/** What is done, in the side bar and beside each exercise. */

import type { ExerciseFacts, State } from "../connection/wire";
import { h, unseen } from "./dom";
import { pageUrl, plain } from "./sphinx";

export interface Count {
  done: number;
  of: number;
}

/** How much is done of each step, by its label. */
export function counts(exercises: ExerciseFacts[]): Map<string, Count> {
  const found = new Map<string, Count>();
  for (const { step, key, passes } of exercises) {
    const label = key.split("/")[0] ?? step;
    const count = found.get(label) ?? { done: 0, of: 0 };
    found.set(label, { done: count.done + (passes ? 1 : 0), of: count.of + 1 });
  }
  return found;
}

export function showProgress(state: State): void {
  sidebar(state);
  cards(state);
  for (const section of document.querySelectorAll<HTMLElement>("section.exercise[data-exercise]")) {
    const facts = state.exercises.find(({ key }) => key === section.dataset.exercise);
    if (facts) badge(section, facts);
  }
}

function sidebar(state: State): void {
  const done = counts(state.exercises);
  const links = [
    ...document.querySelectorAll<HTMLAnchorElement>(".sidebar-tree a.reference.internal"),
  ];
  for (const step of state.steps) {
    const count = done.get(step.label);
    const wanted = plain(pageUrl(step.page));
    const link = links.find(({ href }) => plain(href) === wanted);
    if (count && link) mark(link, count);
  }
}

/** The steps' cards on the landing page. */
function cards(state: State): void {
  const done = counts(state.exercises);
  for (const step of state.steps) {
    const count = done.get(step.label);
    const wanted = plain(pageUrl(step.page));
    for (const link of document.querySelectorAll<HTMLAnchorElement>("ol.cards .title a")) {
      if (count && plain(link.href) === wanted) mark(link, count);
    }
  }
}

function mark(link: HTMLElement, { done, of }: Count): void {
  link.querySelector(".live-count")?.remove();
  const whole = done === of;
  link.append(
    h(
      "span",
      { class: whole ? "live-count live-whole-done" : "live-count" },
      h("span", { "aria-hidden": true }, whole ? "✓" : `${done}/${of}`),
      unseen(whole ? " (all done)" : ` (${done} of ${of} done)`),
    ),
  );
}

function badge(section: HTMLElement, facts: ExerciseFacts): void {
  section.classList.toggle("live-done", facts.passes);
  section.querySelector(".badge.live-badge")?.remove();
  section
    .querySelector(".badges")
    ?.append(
      h("span", { class: `badge live-badge${facts.passes ? " home" : ""}` }, standing(facts)),
    );
}

/** How an exercise stands: "Done" is said of the file as it is now, not of one that was there before. */
export function standing(
  facts: Pick<ExerciseFacts, "done" | "passes" | "outcome" | "passed" | "of">,
): string {
  if (facts.passes) return "✓ Done";
  if (facts.done) return "Passed before, not as it is now";
  return facts.outcome === null ? "Not checked yet" : `${facts.passed} of ${facts.of} checks`;
}
