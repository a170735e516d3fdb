/** A form that sends an HTTP request to the running app and shows the exchange. */

import type { Course } from "../connection/course";
import { button, h, messageOf } from "../page/dom";
import { curl } from "../verdict/curl";
import { httpMessage } from "../verdict/http-message";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/**
 * Parse headers, one "Name: value" on each line; throws an Error about the first line that is none.
 */
export function parseHeaders(text: string): [string, string][] {
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

/** `appName` gives the name of the app to which the request goes. */
export function requestForm(course: Pick<Course, "request">, appName: () => string): HTMLElement {
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
      const { exchange, error } = await course.request({
        app: appName(),
        method: method.value,
        path: path.value.startsWith("/") ? path.value : `/${path.value}`,
        headers: parseHeaders(headers.value),
        body: body.value,
      });
      answer.replaceChildren(
        ...(error ? [h("p", { class: "live-message" }, error)] : []),
        ...(exchange
          ? [
              h("p", { class: "live-quiet" }, `${(exchange.seconds * 1000).toFixed(1)} ms`),
              httpMessage("The request", exchange.request),
            ]
          : []),
        ...(exchange?.response ? [httpMessage("The answer", exchange.response)] : []),
        ...(exchange?.curl ? [curl(exchange.curl)] : []),
      );
    } catch (error) {
      answer.replaceChildren(h("p", { class: "live-message" }, messageOf(error)));
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
