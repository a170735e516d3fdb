/** An HTTP exchange of a check: the request, the response, and what the server did in between. */

import type { Exchange, Frame, Line, ServerHalf } from "../connection/wire";
import { h, heading } from "../page/dom";
import { marked } from "../page/text";
import { repeatCommand } from "./curl";
import type { AppAddress } from "./curl";
import { httpMessage } from "./http-message";
import { mainExchange } from "./report";

/** The main exchange of a check, after one line for each exchange before it. */
export function exchangesOf(exchanges: Exchange[], app: AppAddress | null): Node[] {
  const shown = mainExchange(exchanges);
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
    httpMessage("The request", shown.request),
    heading("The answer"),
    shown.response
      ? httpMessage("The answer", shown.response, shown.marks)
      : h("p", {}, "None came."),
    ...(shown.frames.length ? [heading("The websocket"), websocketFrames(shown.frames)] : []),
    ...(shown.server ? [heading("In your server"), serverSide(shown.server)] : []),
    ...(shown.curl && app ? [repeatCommand(shown.curl, app)] : []),
  ];
}

/** A line of the learner's file, below its path and number. */
export function sourceLine(line: Line): HTMLElement {
  return h(
    "div",
    { class: "live-place" },
    h("span", { class: "live-quiet" }, ...breakable(line.file), `, line ${line.number}`),
    line.code ? h("code", {}, marked(line.code, line.start, line.end)) : null,
  );
}

/** A path whose lines break after a slash, not within a name. */
function breakable(path: string): Node[] {
  return path
    .split(/(?<=\/)/)
    .flatMap((part) => [document.createTextNode(part), document.createElement("wbr")]);
}

/** An exchange in one line. */
function summary(exchange: Exchange): HTMLElement {
  const asked = exchange.request.start.replace(/ HTTP\/[\d.]+$/, "");
  const status = exchange.response?.start.replace(/^\S+ /, "") ?? "no answer";
  return h("li", {}, h("code", {}, asked), " → ", status);
}

function websocketFrames(found: Frame[]): HTMLElement {
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

/** Route, middlewares, error, traceback and log of the server. */
function serverSide(half: ServerHalf): HTMLElement {
  const facts = h("dl", { class: "live-facts" });
  const fact = (label: string, ...words: (Node | string)[]): void => {
    facts.append(h("dt", {}, label), h("dd", {}, ...words));
  };
  if (half.route) fact("route", h("code", {}, half.route), ` → ${half.handler ?? "?"}`);
  else fact("route", "none fits; yours: ", half.nearest.join(", ") || "there are none at all");
  if (half.middlewares.length) fact("passed", half.middlewares.join(" → "));
  if (half.error) fact("error", h("code", {}, half.error));
  if (half.traceback.length) fact("traceback", ...half.traceback.map(sourceLine));
  else {
    if (half.place) fact("handler", sourceLine(half.place));
    const made = [half.condition, half.answered].filter((line) => !!line);
    if (made.length) fact("answered", ...made.map(sourceLine));
  }
  if (half.log.length) fact("log", h("pre", {}, half.log.join("\n")));
  return facts;
}
