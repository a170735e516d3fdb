/** Elements, made from words; text is always text, never markup. */

type Child = Node | string | null | undefined | false;

interface Attributes {
  class?: string;
  on?: Partial<Record<keyof HTMLElementEventMap, (event: Event) => void>>;
  [name: string]: unknown;
}

/** Make an element: attributes by name (true stands alone, false and null are left out). */
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

/** A button with words on it. */
export function button(
  words: string,
  press: (event: Event) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "live-button", ...attributes, on: { click: press } },
    words,
  );
}

/** Words for those who listen, not for those who look. */
export function unseen(words: string): HTMLElement {
  return h("span", { class: "live-unseen" }, words);
}

/** A folded part; `open` shows it at once. */
export function folded(words: Child, open: boolean, ...children: Child[]): HTMLDetailsElement {
  return h("details", { open }, h("summary", {}, words), ...children);
}

/** Keys that are pressed inside are for what is inside: the theme has shortcuts such as / and Escape. */
export function ownKeys<E extends HTMLElement>(element: E): E {
  element.addEventListener("keydown", (event) => event.stopPropagation());
  return element;
}

/** A button that copies a text and says so. */
export function copier(text: string, what: string): HTMLButtonElement {
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

/** Text with `code` between backquotes and *stress*, as the course writes its sentences. */
export function prose(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const piece of pieces(text)) {
    made.append(piece.kind === "text" ? piece.text : h(piece.kind, {}, piece.text));
  }
  return made;
}

export interface Piece {
  kind: "text" | "code" | "em";
  text: string;
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(
    /``(.+?)``|`([^`]+)`|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])/g,
  )) {
    if (match.index > at) found.push({ kind: "text", text: text.slice(at, match.index) });
    const code = match[1]?.trim() ?? match[2];
    found.push(
      code === undefined ? { kind: "em", text: match[3] ?? "" } : { kind: "code", text: code },
    );
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ kind: "text", text: text.slice(at) });
  return found;
}
