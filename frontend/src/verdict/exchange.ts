/** A request, its answer, and what the server did in between. */

import { follows, reaching } from "../app/running-apps";
import type { Place } from "../app/running-apps";
import type { Exchange, Frame, Line, ServerHalf } from "../connection/wire";
import { copier, h } from "../page/dom";
import { message } from "./http-message";
import { marked } from "./marked";

/** The exchange to look at: the last with a mark, else the last of the check's own. */
export function telling(exchanges: Exchange[]): Exchange | null {
  return (
    exchanges.findLast((exchange) => exchange.marks.length > 0) ??
    exchanges.findLast((exchange) => !exchange.inner) ??
    null
  );
}

/** The exchange that tells most, and in one line each those that went before it. */
export function exchangeOf(exchanges: Exchange[], app: Place | null): Node[] {
  const shown = telling(exchanges);
  if (!shown) return [];
  const before = exchanges.slice(0, exchanges.indexOf(shown)).filter((exchange) => !exchange.inner);
  return [
    ...(before.length
      ? [
          heading("Before, in the same check"),
          h("ul", { class: "live-before" }, ...before.map(summary)),
        ]
      : []),
    heading(shown.inner ? "The request, from your server" : "The request"),
    message("The request", shown.request),
    heading("The answer"),
    shown.response ? message("The answer", shown.response, shown.marks) : h("p", {}, "None came."),
    ...(shown.frames.length ? [heading("The websocket"), frames(shown.frames)] : []),
    ...(shown.server ? [heading("In your server"), server(shown.server)] : []),
    ...(shown.curl && app ? [again(shown.curl, app)] : []),
  ];
}

export function heading(words: string): HTMLElement {
  return h("p", { class: "live-heading" }, words);
}

/** A line of the learner's file, and where it stands. */
export function place(line: Line): HTMLElement {
  return h(
    "div",
    { class: "live-place" },
    h("span", { class: "live-quiet" }, ...foldable(line.file), `, line ${line.number}`),
    line.code ? h("code", {}, marked(line.code, line.start, line.end)) : null,
  );
}

/** A path that is folded behind a slash, not within a name. */
function foldable(path: string): Node[] {
  return path
    .split(/(?<=\/)/)
    .flatMap((part) => [document.createTextNode(part), document.createElement("wbr")]);
}

function summary(exchange: Exchange): HTMLElement {
  const asked = exchange.request.start.replace(/ HTTP\/[\d.]+$/, "");
  const status = exchange.response?.start.replace(/^\S+ /, "") ?? "no answer";
  return h("li", {}, h("code", {}, asked), " → ", status);
}

function frames(found: Frame[]): HTMLElement {
  return h(
    "ol",
    { class: "live-frames" },
    ...found.map((frame) =>
      h(
        "li",
        { class: frame.sent ? "live-sent" : "live-got" },
        h("span", { class: "live-quiet" }, frame.sent ? "check → server " : "server → check "),
        h("code", {}, `${frame.kind} ${frame.data}`),
      ),
    ),
  );
}

function server(half: ServerHalf): HTMLElement {
  const facts = h("dl", { class: "live-facts" });
  const fact = (label: string, ...words: (Node | string)[]): void => {
    facts.append(h("dt", {}, label), h("dd", {}, ...words));
  };
  if (half.route) fact("route", h("code", {}, half.route), ` → ${half.handler ?? "?"}`);
  else fact("route", "none fits; yours: ", half.nearest.join(", ") || "there are none at all");
  if (half.middlewares.length) fact("passed", half.middlewares.join(" → "));
  if (half.error) fact("error", h("code", {}, half.error));
  if (half.traceback.length) fact("traceback", ...half.traceback.map(place));
  else {
    if (half.place) fact("handler", place(half.place));
    const made = [half.condition, half.answered].filter((line) => !!line);
    if (made.length) fact("answered", ...made.map(place));
  }
  if (half.log.length) fact("log", h("pre", {}, half.log.join("\n")));
  return facts;
}

/** How to send a request again, to where the app runs. */
function again(command: string, app: Place): HTMLElement {
  const place = h("div");
  return follows(place, app, () => {
    const address = app.address();
    const words = address ? "To send it again" : "To send it again, run the app and then";
    place.replaceChildren(heading(words), curl(reaching(command, address)));
  });
}

/** A command that sends a request again, to be copied. */
export function curl(command: string): HTMLElement {
  return h(
    "div",
    { class: "live-curl" },
    h("code", {}, command),
    copier(command, "the curl command"),
  );
}
