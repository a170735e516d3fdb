/** Two versions beside each other: last step, mine, the solution, as handed out. */

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { open } from "../page/dialog";
import { h } from "../page/dom";
import { reading } from "./codemirror";
import { columns } from "./three-way-table";
import type { Column } from "./three-way-table";

const WIDE = "(min-width: 60em)";

export interface Version {
  title: string;
  content: string;
}

/** Two versions, or three of which the one in the middle is mine. */
export interface View {
  name: string;
  sides: [Version, Version] | [Column, Column, Column];
}

const COLLAPSE = { margin: 3, minSize: 6 };

/** The difference of two versions: side by side where there is room, else one below the other. */
export function difference(before: string, after: string): HTMLElement {
  const place = h("div", { class: "live-merge" });
  const lasting = [
    reading,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ tabindex: "0" }),
  ];
  if (matchMedia(WIDE).matches) {
    const side = (doc: string, label: string): { doc: string; extensions: unknown[] } => ({
      doc,
      extensions: [...lasting, EditorView.contentAttributes.of({ "aria-label": label })],
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
          ...lasting,
          EditorView.contentAttributes.of({ "aria-label": "Both, one below the other" }),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: COLLAPSE }),
        ],
      }),
    });
  }
  return place;
}

/** Two versions with their titles, or three beside each other. */
function drawn([before, after, third]: View["sides"]): HTMLElement[] {
  if (third) return [columns(before, after, third)];
  const titles = h(
    "div",
    { class: "live-compare-titles" },
    h("span", { class: "live-minus" }, before.title),
    h("span", { class: "live-plus" }, after.title),
  );
  const [one, other] = [before.content ?? "", after.content ?? ""];
  return [titles, one === other ? h("p", {}, "They are the same.") : difference(one, other)];
}

/** Show views of versions in a dialog; `first` is the one to begin with. */
export function compare(title: string, views: View[], first: string): void {
  const place = h("div", { class: "live-compare" });
  const wide = matchMedia(WIDE);
  let shown = views.find((view) => view.name === first) ?? views[0];
  const draw = (): void => {
    if (shown) place.replaceChildren(...drawn(shown.sides));
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
  open(title, true, choice, place).addEventListener("close", () =>
    wide.removeEventListener("change", draw),
  );
}
