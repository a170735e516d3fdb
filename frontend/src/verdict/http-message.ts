/** An HTTP request or response, as it was sent. */

import type { Mark, Message } from "../connection/wire";
import { h } from "../page/dom";
import { marked } from "../page/text";

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
/** Media types whose body is not shown. */
const BINARY = /^(image|audio|video|font)\/|^application\/(octet|zip)/;

/** A message with its marked parts; `label` names it for screen readers. */
export function httpMessage(label: string, shown: Message, marks: Mark[] = []): HTMLElement {
  const markOf = new Map(marks.map((mark) => [mark.part.toLowerCase(), mark]));
  const rows: (Node | string)[] = [
    h("strong", {}, startLine(shown.start, markOf.has("status"))),
    "\n",
  ];
  for (const [name, value] of shown.headers) {
    const mark = markOf.get(name.toLowerCase());
    const usual = USUAL.has(name.toLowerCase()) && !mark;
    rows.push(
      h("span", { class: usual ? "live-usual" : "" }, `${name}: `, withMark(value, mark)),
      "\n",
    );
  }
  const bodyMark = markOf.get("body");
  if (shown.body) rows.push("\n", bodyOf(shown, bodyMark));
  else if (bodyMark) rows.push("\n", h("mark", {}, "(no body)"));
  return scrollBox(label, ...rows);
}

/** A box that scrolls when its content is too high; the keyboard can reach it. */
function scrollBox(label: string, ...children: (Node | string)[]): HTMLElement {
  return h(
    "pre",
    { class: "live-box", tabindex: 0, role: "group", "aria-label": label },
    ...children,
  );
}

function startLine(start: string, isMarked: boolean): DocumentFragment {
  const at = start.indexOf(" ") + 1;
  const end = start.indexOf(" ", at);
  return isMarked ? marked(start, at, end < 0 ? start.length : end) : marked(start, 0, 0);
}

function bodyOf(shown: Message, mark: Mark | undefined): Node {
  const kind = shown.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (BINARY.test(kind)) return h("em", {}, `(${shown.size} bytes of ${kind})`);
  return withMark(shown.body, mark);
}

/** A text with its mark; a mark without an end reaches to the end of the text. */
function withMark(text: string, mark: Mark | undefined): DocumentFragment {
  return mark ? marked(text, mark.start, mark.end || text.length) : marked(text, 0, 0);
}
