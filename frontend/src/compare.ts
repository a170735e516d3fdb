/** Two versions beside each other: last step, mine, the solution, as handed out. */

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { open } from "./dialog";
import { h } from "./dom";
import { reading } from "./editor";

const WIDE = "(min-width: 60em)";

export interface Version {
  title: string;
  content: string;
}

export interface Pair {
  name: string;
  before: Version;
  after: Version;
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

/** Show pairs of versions in a dialog; `first` is the one to begin with. */
export function compare(title: string, pairs: Pair[], first: string): void {
  const place = h("div", { class: "live-compare" });
  const wide = matchMedia(WIDE);
  let shown = pairs.find((pair) => pair.name === first) ?? pairs[0];
  const draw = (): void => {
    if (!shown) return;
    const { before, after } = shown;
    place.replaceChildren(
      h(
        "div",
        { class: "live-compare-titles" },
        h("span", { class: "live-minus" }, before.title),
        h("span", { class: "live-plus" }, after.title),
      ),
      before.content === after.content
        ? h("p", {}, "They are the same.")
        : difference(before.content, after.content),
    );
  };
  const choice = h(
    "fieldset",
    { class: "live-choice" },
    h("legend", { class: "live-unseen" }, "Compare"),
  );
  for (const pair of pairs) {
    const input = h("input", {
      type: "radio",
      name: "live-pair",
      checked: pair === shown,
      on: {
        change: () => {
          shown = pair;
          draw();
        },
      },
    });
    choice.append(h("label", {}, input, ` ${pair.name}`));
  }
  draw();
  wide.addEventListener("change", draw);
  open(title, true, choice, place).addEventListener("close", () =>
    wide.removeEventListener("change", draw),
  );
}
