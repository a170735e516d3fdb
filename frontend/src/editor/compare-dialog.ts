/**
 * A dialog that compares two or three versions of a file, such as the learner's file and the
 * solution.
 */

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { openDialog } from "../page/dialog";
import { h } from "../page/dom";
import { readOnly } from "./codemirror";
import { threeWayTable } from "./three-way-table";
import type { Column } from "./three-way-table";

const WIDE = "(min-width: 60em)";

/** A version of a file. */
export interface Version {
  title: string;
  content: string;
}

/** One choice of the dialog: two versions, or three with the learner's in the middle. */
export interface View {
  name: string;
  sides: [Version, Version] | [Column, Column, Column];
}

/** Unchanged lines that stay visible around a change, and the fewest that are collapsed. */
const COLLAPSE = { margin: 3, minSize: 6 };

/** CodeMirror's view of two versions: side by side where there is room, else in one column. */
export function diffView(before: string, after: string): HTMLElement {
  const place = h("div", { class: "live-merge" });
  const extensions = [
    readOnly,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ tabindex: "0" }),
  ];
  if (matchMedia(WIDE).matches) {
    const side = (doc: string, label: string): { doc: string; extensions: unknown[] } => ({
      doc,
      extensions: [...extensions, EditorView.contentAttributes.of({ "aria-label": label })],
    });
    new MergeView({
      a: side(before, "Before") as never,
      b: side(after, "After") as never,
      parent: place,
      highlightChanges: true,
      gutter: true,
      collapseUnchanged: COLLAPSE,
    });
  } else {
    new EditorView({
      parent: place,
      state: EditorState.create({
        doc: after,
        extensions: [
          ...extensions,
          EditorView.contentAttributes.of({ "aria-label": "Both, one below the other" }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: COLLAPSE }),
        ],
      }),
    });
  }
  return place;
}

/** Two versions below their titles, or a table of three. */
function contentOf([before, after, third]: View["sides"]): HTMLElement[] {
  if (third) return [threeWayTable(before, after, third)];
  const titles = h(
    "div",
    { class: "live-compare-titles" },
    h("span", { class: "live-minus" }, before.title),
    h("span", { class: "live-plus" }, after.title),
  );
  const [one, other] = [before.content ?? "", after.content ?? ""];
  return [titles, one === other ? h("p", {}, "They are the same.") : diffView(one, other)];
}

/** Open the dialog; `first` is the name of the view that is shown first. */
export function openCompareDialog(title: string, views: View[], first: string): void {
  const place = h("div", { class: "live-compare" });
  const wide = matchMedia(WIDE);
  let shown = views.find((view) => view.name === first) ?? views[0];
  const draw = (): void => {
    if (shown) place.replaceChildren(...contentOf(shown.sides));
  };
  const choice = h(
    "fieldset",
    { class: "live-choice" },
    h("legend", { class: "live-unseen" }, "Compare"),
  );
  for (const view of views) {
    const input = h("input", {
      type: "radio",
      name: "live-view",
      checked: view === shown,
      on: {
        change: () => {
          shown = view;
          draw();
        },
      },
    });
    choice.append(h("label", {}, input, ` ${view.name}`));
  }
  draw();
  wide.addEventListener("change", draw);
  openDialog(title, true, choice, place).addEventListener("close", () =>
    wide.removeEventListener("change", draw),
  );
}
