/** The page of the running app in an iframe, with a bar for its path. */

import { button, h } from "../page/dom";
import { readTabNote, writeTabNote } from "../page/storage";

/**
 * The app's page may run scripts, keep its own cookies and storage, and open dialogs (step 04 shows
 * a script that runs); it may not navigate the page around it.
 */
const SANDBOX =
  "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads allow-modals";
const NAVIGATED =
  "The page in the frame went on by itself. Where to, the browser tells nobody: type the path above, and it stays there when you save.";

/**
 * The path of what the learner typed or pasted, such as "posts", "/posts" or
 * "http://127.0.0.1:8080/posts".
 */
export function pathOf(typed: string): string {
  const text = typed.trim();
  const whole = /^[a-z]+:\/\/[^/?#]*(.*)$/i.exec(text);
  return `/${(whole?.[1] ?? text).replace(/^[/\\]+/, "")}`;
}

export class AppFrame {
  readonly element = h("div", { class: "live-stage" });
  private readonly container = h("div", { class: "live-frame" });
  private readonly note = h("p", { class: "live-quiet", role: "status" });
  private readonly pathInput = h("input", {
    type: "text",
    "aria-label": "Path of the page in the frame",
    spellcheck: "false",
    autocapitalize: "off",
  });
  private readonly bar: HTMLElement;
  private name = "";
  private title = "";
  private address = "";
  /** The address that is shown; empty when none is. */
  private shown = "";

  constructor() {
    this.bar = h(
      "form",
      {
        class: "live-row live-path",
        "aria-label": "The page in the frame",
        on: { submit: (event) => this.navigate(event, this.pathInput.value) },
      },
      button("⌂", (event) => this.navigate(event, "/"), {
        "aria-label": "To the start page",
        title: "To the start page",
      }),
      this.pathInput,
      h("button", { class: "live-button" }, "Go"),
    );
    this.element.append(this.bar, this.note, this.container);
    this.clear();
  }

  /** Show another app; the path that it had before is remembered. */
  setApp(name: string, title: string): void {
    this.name = name;
    this.title = title;
    this.clear();
  }

  /** The app does not run. */
  clear(): void {
    this.showText(h("p", { class: "live-quiet" }, "Its page stands here while it runs."));
  }

  /** The app starts again: its page stays until it runs, and is loaded then. */
  appRestarts(): void {
    this.shown = "";
  }

  /** The app runs: load its page unless it is shown already. */
  show(address: string): void {
    if (address === this.shown) return;
    this.address = this.shown = address;
    this.bar.hidden = false;
    this.pathInput.value = readTabNote(this.key) ?? "/";
    this.load();
  }

  /** Load the page again. */
  reload(): void {
    if (this.shown) this.load();
  }

  /** The app's headers forbid a frame (step 06): show a link instead. */
  showLink(address: string): void {
    const words =
      "This app lets no page show it in a frame: its header says so, as step 06 teaches. ";
    const link = { href: address, target: "_blank", rel: "noreferrer" };
    this.showText(h("p", {}, words, h("a", link, "Open it in a tab of its own")));
  }

  private get key(): string {
    return `path:${this.name}`;
  }

  private navigate(event: Event, typed: string): void {
    event.preventDefault();
    this.pathInput.value = pathOf(typed);
    writeTabNote(this.key, this.pathInput.value);
    if (this.shown) this.load();
  }

  /** Create a new iframe for each load: the browser's Back then leaves the frame alone. */
  private load(): void {
    this.note.textContent = "";
    const frame = h("iframe", {
      src: this.address + this.pathInput.value.slice(1),
      title: `${this.title}, running`,
      sandbox: SANDBOX,
      referrerpolicy: "no-referrer",
    });
    let loaded = 0;
    frame.addEventListener("load", () => {
      loaded += 1;
      if (loaded > 1) this.note.textContent = NAVIGATED;
    });
    this.container.replaceChildren(frame);
  }

  private showText(text: HTMLElement): void {
    this.shown = "";
    this.bar.hidden = true;
    this.note.textContent = "";
    this.container.replaceChildren(text);
  }
}
