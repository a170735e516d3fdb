/**
 * CodeMirror's view of a diagnostic: a mark in the gutter, a marked line, and the sentence below
 * it.
 */

import { StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import { h } from "../page/dom";
import { inline } from "../page/text";
import type { Diagnostic } from "../verdict/report";

const setDiagnostic = StateEffect.define<Diagnostic | null>();

class SentenceWidget extends WidgetType {
  constructor(private readonly sentence: string) {
    super();
  }

  override eq(other: SentenceWidget): boolean {
    return other.sentence === this.sentence;
  }

  override toDOM(): HTMLElement {
    return h("div", { class: "live-fault-sentence" }, inline(this.sentence));
  }
}

class FaultMarker extends GutterMarker {
  override toDOM(): Node {
    return h("span", { class: "live-fault-sign", "aria-hidden": true }, "●");
  }
}

const marker = new FaultMarker();
const wholeLine = Decoration.line({ class: "live-fault-line" });
const part = Decoration.mark({ class: "live-fault-part" });

/** Characters of a sentence that are shown. */
const SENTENCE_LIMIT = 300;

/** The decorations of a diagnostic; none when its line has another text by now. */
function decorationsOf(state: EditorState, { line, sentence }: Diagnostic): DecorationSet {
  if (line.number < 1 || line.number > state.doc.lines) return Decoration.none;
  const { from, to, text } = state.doc.line(line.number);
  if (line.code && text.trim() !== line.code.trim()) return Decoration.none;
  const found: Range<Decoration>[] = [wholeLine.range(from)];
  const begin = from + text.length - text.trimStart().length;
  if (line.end > line.start && begin + line.end <= to) {
    found.push(part.range(begin + line.start, begin + line.end));
  }
  const shown =
    sentence.length > SENTENCE_LIMIT ? `${sentence.slice(0, SENTENCE_LIMIT)} …` : sentence;
  const widget = new SentenceWidget(shown);
  found.push(Decoration.widget({ widget, block: true, side: 1 }).range(to));
  return Decoration.set(found, true);
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setDiagnostic)) {
        return effect.value ? decorationsOf(transaction.state, effect.value) : Decoration.none;
      }
    }
    return isLineChanged(value, transaction.startState, (visit) =>
      transaction.changes.iterChangedRanges(visit),
    )
      ? Decoration.none
      : value.map(transaction.changes);
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** Whether a transaction changes the marked line. */
function isLineChanged(
  value: DecorationSet,
  before: EditorState,
  iterChanges: (visit: (from: number, to: number) => void) => void,
): boolean {
  const at = value.iter().value ? value.iter().from : null;
  if (at === null) return false;
  const line = before.doc.lineAt(at);
  let hit = false;
  iterChanges((from, to) => {
    if (from <= line.to && to >= line.from) hit = true;
  });
  return hit;
}

/** The extension that an editor needs for `showDiagnostic`. */
export const diagnosticExtension: Extension = [
  field,
  gutter({
    class: "live-fault-gutter",
    lineMarker: (view, line) => {
      const at = view.state.field(field).iter();
      return at.value && view.state.doc.lineAt(at.from).from === line.from ? marker : null;
    },
    lineMarkerChange: (update) => update.startState.field(field) !== update.state.field(field),
    initialSpacer: () => marker,
  }),
];

/** Mark a diagnostic in place of the one before; null removes the marks. */
export function showDiagnostic(view: EditorView, diagnostic: Diagnostic | null): void {
  view.dispatch({ effects: setDiagnostic.of(diagnostic) });
}
