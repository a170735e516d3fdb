/** The line at fault: a mark in the gutter, and the sentence below the line. */

import { StateEffect, StateField } from "@codemirror/state";
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutter } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import type { Line, Report } from "../connection/wire";
import { h, prose } from "../page/dom";
import { telling } from "../verdict/exchange";

export interface Fault {
  line: Line;
  sentence: string;
}

/** The line of a file that a report's first trouble points at, and what is wrong there. */
export function faultOf(report: Report, file: string): Fault | null {
  const check = report.tests.find((test) => test.status !== "pass");
  const server = check?.exchanges.findLast((exchange) => exchange.server?.traceback.length)?.server;
  const lines = [
    check?.advice?.line,
    check?.traceback.at(-1),
    server?.traceback.at(-1),
    telling(check?.exchanges ?? [])?.server?.answered,
    check?.stalls[0]?.line,
    report.advice?.line,
    report.place,
    check?.last,
  ];
  const line = lines.find((found) => found?.file === file);
  const sentence =
    check?.advice?.sentence ?? check?.message ?? report.advice?.sentence ?? report.message;
  return line && sentence && report.status !== "pass" ? { line, sentence } : null;
}

const setFault = StateEffect.define<Fault | null>();

class Sentence extends WidgetType {
  constructor(private readonly words: string) {
    super();
  }

  override eq(other: Sentence): boolean {
    return other.words === this.words;
  }

  override toDOM(): HTMLElement {
    return h("div", { class: "live-fault-sentence" }, prose(this.words));
  }
}

class Sign extends GutterMarker {
  override toDOM(): Node {
    return h("span", { class: "live-fault-sign", "aria-hidden": true }, "●");
  }
}

const sign = new Sign();
const wholeLine = Decoration.line({ class: "live-fault-line" });
const part = Decoration.mark({ class: "live-fault-part" });

/** The marks of a fault; none when its line has another text by now. */
function marks(state: EditorState, { line, sentence }: Fault): DecorationSet {
  if (line.number < 1 || line.number > state.doc.lines) return Decoration.none;
  const { from, to, text } = state.doc.line(line.number);
  if (line.code && text.trim() !== line.code.trim()) return Decoration.none;
  const found: Range<Decoration>[] = [wholeLine.range(from)];
  const begin = from + text.length - text.trimStart().length;
  if (line.end > line.start && begin + line.end <= to) {
    found.push(part.range(begin + line.start, begin + line.end));
  }
  const words = sentence.length > 300 ? `${sentence.slice(0, 300)} …` : sentence;
  found.push(Decoration.widget({ widget: new Sentence(words), block: true, side: 1 }).range(to));
  return Decoration.set(found, true);
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setFault)) {
        return effect.value ? marks(transaction.state, effect.value) : Decoration.none;
      }
    }
    return touched(value, transaction.startState, (visit) =>
      transaction.changes.iterChangedRanges(visit),
    )
      ? Decoration.none
      : value.map(transaction.changes);
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** Whether a change is on the marked line itself. */
function touched(
  value: DecorationSet,
  before: EditorState,
  changed: (visit: (from: number, to: number) => void) => void,
): boolean {
  const at = value.iter().value ? value.iter().from : null;
  if (at === null) return false;
  const line = before.doc.lineAt(at);
  let hit = false;
  changed((from, to) => {
    if (from <= line.to && to >= line.from) hit = true;
  });
  return hit;
}

export const faults: Extension = [
  field,
  gutter({
    class: "live-fault-gutter",
    lineMarker: (view, line) => {
      const at = view.state.field(field).iter();
      return at.value && view.state.doc.lineAt(at.from).from === line.from ? sign : null;
    },
    lineMarkerChange: (update) => update.startState.field(field) !== update.state.field(field),
    initialSpacer: () => sign,
  }),
];

/** Mark a fault, or none. */
export function showFault(view: EditorView, fault: Fault | null): void {
  view.dispatch({ effects: setFault.of(fault) });
}
