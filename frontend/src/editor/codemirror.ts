/** An editor for one file. */

import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import type { Extension, Transaction } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { change } from "../page/text";
import { faults } from "./diagnostic";
import { look } from "./theme";

export interface Wishes {
  label: string;
  /** The id of the element that says how to leave the editor. */
  describedBy: string;
  edited(content: string): void;
  /** The learner typed, or deleted. */
  typed(): void;
  /** The cursor, or the learner, is on another line than before. */
  left(): void;
  save(): void;
  check(): void;
}

/** The number of the line with the cursor. */
export function lineOf({ state }: Pick<EditorView, "state">): number {
  return state.doc.lineAt(state.selection.main.head).number;
}

function byHand(transaction: Transaction): boolean {
  return transaction.isUserEvent("input") || transaction.isUserEvent("delete");
}

/** Show code that can be read only, in the same look. */
export const reading: Extension = [
  lineNumbers(),
  python(),
  look,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ tabindex: "0" }), // what scrolls can be reached by the keyboard
];

export function makeEditor(content: string, wishes: Wishes): EditorView {
  const done = (act: () => void) => () => {
    act();
    return true;
  };
  return new EditorView({
    doc: content,
    extensions: [
      lineNumbers(),
      faults,
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      python(),
      look,
      leaving,
      EditorView.lineWrapping,
      keymap.of([
        { key: "Mod-Enter", run: done(() => wishes.check()) },
        { key: "Mod-s", run: done(() => wishes.save()) },
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        "aria-label": wishes.label,
        "aria-describedby": wishes.describedBy,
        tabindex: "0",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) wishes.edited(update.state.doc.toString());
        const moved = lineOf(update.view) !== lineOf({ state: update.startState });
        if (moved || (update.focusChanged && !update.view.hasFocus)) wishes.left();
        if (update.transactions.some(byHand)) wishes.typed();
      }),
    ],
  });
}

/** Tab makes an indentation; after Escape it leaves, until something is typed. */
const leaving = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (event.key !== "Tab" && event.key !== "Shift") view.setTabFocusMode(false);
    return false;
  },
  blur(_, view) {
    view.setTabFocusMode(false);
  },
});

/** Show another content by the smallest change that does; it can be undone. */
export function show(view: EditorView, content: string): void {
  const found = change(view.state.doc.toString(), content);
  if (found) view.dispatch({ changes: found, annotations: isolateHistory.of("full") });
}
