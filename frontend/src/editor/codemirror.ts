/** CodeMirror, set up to edit a Python file or to show one. */

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
import { textChange } from "../page/text";
import { diagnosticExtension } from "./diagnostic";
import { theme } from "./theme";

export interface EditorOptions {
  label: string;
  /** The id of the element that says how to leave the editor. */
  describedBy: string;
  /** The content changed, whoever changed it. */
  onChange(content: string): void;
  /** The learner typed or deleted something. */
  onTyping(): void;
  /** The cursor moved to another line, or the editor lost the focus. */
  onLineLeft(): void;
  /** Ctrl-S, and Ctrl-Enter. */
  save(): void;
  check(): void;
}

/** The number of the line with the cursor. */
export function cursorLine({ state }: Pick<EditorView, "state">): number {
  return state.doc.lineAt(state.selection.main.head).number;
}

function isTyping(transaction: Transaction): boolean {
  return transaction.isUserEvent("input") || transaction.isUserEvent("delete");
}

/** For an editor that shows code and cannot change it. */
export const readOnly: Extension = [
  lineNumbers(),
  python(),
  theme,
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ tabindex: "0" }), // the keyboard can reach what scrolls
];

export function createEditor(content: string, options: EditorOptions): EditorView {
  const handled = (act: () => void) => () => {
    act();
    return true;
  };
  return new EditorView({
    doc: content,
    extensions: [
      lineNumbers(),
      diagnosticExtension,
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      python(),
      theme,
      escapeThenTab,
      EditorView.lineWrapping,
      keymap.of([
        { key: "Mod-Enter", run: handled(() => options.check()) },
        { key: "Mod-s", run: handled(() => options.save()) },
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        "aria-label": options.label,
        "aria-describedby": options.describedBy,
        tabindex: "0",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) options.onChange(update.state.doc.toString());
        const moved = cursorLine(update.view) !== cursorLine({ state: update.startState });
        if (moved || (update.focusChanged && !update.view.hasFocus)) options.onLineLeft();
        if (update.transactions.some(isTyping)) options.onTyping();
      }),
    ],
  });
}

/** Tab indents; after Escape it moves the focus, until another key is pressed. */
const escapeThenTab = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (event.key !== "Tab" && event.key !== "Shift") view.setTabFocusMode(false);
    return false;
  },
  blur(_, view) {
    view.setTabFocusMode(false);
  },
});

/** Replace the content by one minimal change, which can be undone. */
export function setContent(view: EditorView, content: string): void {
  const changes = textChange(view.state.doc.toString(), content);
  if (changes) view.dispatch({ changes, annotations: isolateHistory.of("full") });
}
