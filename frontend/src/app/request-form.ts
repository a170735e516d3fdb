/** Ask the running app by hand, and see what goes over the wire. */

import type { Course } from "../connection/course";
import { button, h } from "../page/dom";
import { curl } from "../verdict/exchange";
import { message } from "../verdict/http-message";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** "Name: value" a line, as pairs; throws a sentence about the first line that is none. */
export function headersOf(text: string): [string, string][] {
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const at = line.indexOf(":");
      if (at < 1)
        throw new Error(`"${line.trim()}" is no header. Write it like this: Accept: text/html`);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

export function requestForm(course: Pick<Course, "request">, app: () => string): HTMLElement {
  const method = h(
    "select",
    { "aria-label": "Method" },
    ...METHODS.map((name) => h("option", {}, name)),
  );
  const path = h("input", {
    type: "text",
    value: "/",
    "aria-label": "Path",
    spellcheck: "false",
    autocapitalize: "off",
  });
  const headers = h("textarea", {
    rows: 2,
    spellcheck: "false",
    placeholder: "Content-Type: application/json",
  });
  const body = h("textarea", { rows: 3, spellcheck: "false", placeholder: '{"title": "Ada"}' });
  const answer = h("div", { class: "live-answer", role: "status" });
  const send = async (): Promise<void> => {
    answer.replaceChildren(h("p", {}, "Asking …"));
    try {
      const found = await course.request({
        app: app(),
        method: method.value,
        path: path.value.startsWith("/") ? path.value : `/${path.value}`,
        headers: headersOf(headers.value),
        body: body.value,
      });
      const { exchange, error } = found;
      answer.replaceChildren(
        ...(error ? [h("p", { class: "live-message" }, error)] : []),
        ...(exchange
          ? [
              h("p", { class: "live-quiet" }, `${(exchange.seconds * 1000).toFixed(1)} ms`),
              message("The request", exchange.request),
            ]
          : []),
        ...(exchange?.response ? [message("The answer", exchange.response)] : []),
        ...(exchange?.curl ? [curl(exchange.curl)] : []),
      );
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      answer.replaceChildren(h("p", { class: "live-message" }, words));
    }
  };
  const form = h(
    "form",
    { class: "live-request", "aria-label": "Send a request" },
    h(
      "div",
      { class: "live-row" },
      method,
      path,
      button("Send", () => void send(), { class: "live-button live-primary" }),
    ),
    h("label", {}, "Headers, one a line", headers),
    h("label", {}, "Body", body),
    answer,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  });
  return form;
}
