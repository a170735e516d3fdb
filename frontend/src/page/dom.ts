/** Functions that create elements. Text is always added as text, never parsed as markup. */

type Child = Node | string | null | undefined | false;

interface Attributes {
  class?: string;
  on?: Partial<Record<keyof HTMLElementEventMap, (event: Event) => void>>;
  [name: string]: unknown;
}

/**
 * Create an element (as `h` of hyperscript). An attribute that is true has no value; one that is
 * false, null or undefined is left out; `on` holds listeners by the name of their event.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on" || value === undefined || value === null || value === false) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const [kind, listener] of Object.entries(attributes.on ?? {})) {
    element.addEventListener(kind, listener as EventListener);
  }
  element.append(...children.filter((child): child is Node | string => !!child || child === ""));
  return element;
}

export function button(
  label: string,
  onClick: (event: Event) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "live-button", ...attributes, on: { click: onClick } },
    label,
  );
}

/** A button that copies a text to the clipboard; `what` names the text in its label. */
export function copyButton(text: string, what: string): HTMLButtonElement {
  const copy = button(
    "Copy",
    () => {
      navigator.clipboard.writeText(text).then(
        () => (copy.textContent = "Copied"),
        () => (copy.textContent = "Select and press Ctrl-C"),
      );
    },
    { class: "live-button live-small", "aria-label": `Copy ${what}` },
  );
  return copy;
}

/** Text for screen readers only. */
export function visuallyHidden(text: string): HTMLElement {
  return h("span", { class: "live-unseen" }, text);
}

export function heading(text: string): HTMLElement {
  return h("p", { class: "live-heading" }, text);
}

/** A `<details>` element with a summary. */
export function details(summary: Child, open: boolean, ...children: Child[]): HTMLDetailsElement {
  return h("details", { open }, h("summary", {}, summary), ...children);
}

/**
 * Stop `keydown` events at this element: the theme has shortcuts of its own, such as / and Escape.
 */
export function stopKeys<E extends HTMLElement>(element: E): E {
  element.addEventListener("keydown", (event) => event.stopPropagation());
  return element;
}

let liveRegion: HTMLElement | null = null;

/** Let screen readers say a sentence; a sentence that is repeated is said again. */
export function announce(sentence: string): void {
  liveRegion ??= document.body.appendChild(
    h("div", { class: "live-unseen", role: "status", "aria-live": "polite" }),
  );
  liveRegion.replaceChildren(h("p", {}, sentence));
}

/** What an error says to the learner; another value as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
