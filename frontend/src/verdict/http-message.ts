/** One half of an HTTP exchange, as it went over the wire. */

import type { Mark, Message } from "../connection/wire";
import { h } from "../page/dom";
import { box, marked } from "./marked";

/** Headers that every client and server sends; they are shown paler. */
const USUAL = new Set([
  "host",
  "accept",
  "accept-encoding",
  "user-agent",
  "connection",
  "date",
  "server",
]);
const UNREADABLE = /^(image|audio|video|font)\/|^application\/(octet|zip)/;

export function message(label: string, shown: Message, marks: Mark[] = []): HTMLElement {
  const by = new Map(marks.map((mark) => [mark.part.toLowerCase(), mark]));
  const rows: (Node | string)[] = [h("strong", {}, startLine(shown.start, by.has("status"))), "\n"];
  for (const [name, value] of shown.headers) {
    const mark = by.get(name.toLowerCase());
    const usual = USUAL.has(name.toLowerCase()) && !mark;
    const whole = mark && !mark.end ? value.length : (mark?.end ?? 0);
    rows.push(
      h(
        "span",
        { class: usual ? "live-usual" : "" },
        `${name}: `,
        marked(value, mark?.start ?? 0, whole),
      ),
      "\n",
    );
  }
  const body = by.get("body");
  if (shown.body) rows.push("\n", bodyOf(shown, body));
  else if (body) rows.push("\n", h("mark", {}, "(no body)"));
  return box(label, ...rows);
}

function startLine(start: string, isMarked: boolean): DocumentFragment {
  const at = start.indexOf(" ") + 1;
  const end = start.indexOf(" ", at);
  return isMarked ? marked(start, at, end < 0 ? start.length : end) : marked(start, 0, 0);
}

function bodyOf(shown: Message, mark: Mark | undefined): Node {
  const kind = shown.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (UNREADABLE.test(kind)) return h("em", {}, `(${shown.size} bytes of ${kind})`);
  const whole = mark && !mark.end ? shown.body.length : (mark?.end ?? 0);
  return marked(shown.body, mark?.start ?? 0, whole);
}
