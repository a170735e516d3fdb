/** The page of the running app, in a frame, if the app lets that be. */

import { button, h } from "../page/dom";
import { noted, note } from "../page/storage";

/**
 * It may run, keep what it likes under its own address, and open dialogs (which the browser names as its own:
 * step 04 shows a script that runs), but not take this page elsewhere.
 */
const SANDBOX =
  "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads allow-modals";
const ELSEWHERE =
  "The page in the frame went on by itself. Where to, the browser tells nobody: type the path above, and it stays there when you save.";

/** The path that was meant by what somebody typed or pasted: "posts", "/posts", "http://127.0.0.1:8080/posts". */
export function pathOf(typed: string): string {
  const text = typed.trim();
  const whole = /^[a-z]+:\/\/[^/?#]*(.*)$/i.exec(text);
  return `/${(whole?.[1] ?? text).replace(/^[/\\]+/, "")}`;
}

export class Stage {
  readonly element = h("div", { class: "live-stage" });
  private readonly place = h("div", { class: "live-frame" });
  private readonly elsewhere = h("p", { class: "live-quiet", role: "status" });
  private readonly path = h("input", {
    type: "text",
    "aria-label": "Path of the page in the frame",
    spellcheck: "false",
    autocapitalize: "off",
  });
  private readonly bar: HTMLElement;
  private name = "";
  private title = "";
  private address = "";
  private shown = "";

  constructor() {
    this.bar = h(
      "form",
      {
        class: "live-row live-path",
        "aria-label": "The page in the frame",
        on: { submit: (event) => this.go(event, this.path.value) },
      },
      button("⌂", (event) => this.go(event, "/"), {
        "aria-label": "To the start page",
        title: "To the start page",
      }),
      this.path,
      h("button", { class: "live-button" }, "Go"),
    );
    this.element.append(this.bar, this.elsewhere, this.place);
    this.clear();
  }

  /** Another app than before: where its page was is remembered. */
  take(name: string, title: string): void {
    this.name = name;
    this.title = title;
    this.clear();
  }

  /** Nothing runs. */
  clear(): void {
    this.empty(h("p", { class: "live-quiet" }, "Its page stands here while it runs."));
  }

  /** The app starts again: what is there stays until there is something new. */
  wait(): void {
    this.shown = "";
  }

  /** The app runs; its page is loaded unless it is there. */
  show(address: string): void {
    if (address === this.shown) return;
    this.address = this.shown = address;
    this.bar.hidden = false;
    this.path.value = noted(this.key) ?? "/";
    this.load();
  }

  /** Load the page again. */
  reload(): void {
    if (this.shown) this.load();
  }

  /** The app wants no frame around it, as step 06 teaches. */
  refused(address: string): void {
    const words =
      "This app lets no page show it in a frame: its header says so, as step 06 teaches. ";
    const link = { href: address, target: "_blank", rel: "noreferrer" };
    this.empty(h("p", {}, words, h("a", link, "Open it in a tab of its own")));
  }

  private get key(): string {
    return `path:${this.name}`;
  }

  private go(event: Event, typed: string): void {
    event.preventDefault();
    this.path.value = pathOf(typed);
    note(this.key, this.path.value);
    if (this.shown) this.load();
  }

  /** A frame of its own each time: the browser's Back stays with the course's pages. */
  private load(): void {
    this.elsewhere.textContent = "";
    const frame = h("iframe", {
      src: this.address + this.path.value.slice(1),
      title: `${this.title}, running`,
      sandbox: SANDBOX,
      referrerpolicy: "no-referrer",
    });
    let loaded = 0;
    frame.addEventListener("load", () => {
      loaded += 1;
      if (loaded > 1) this.elsewhere.textContent = ELSEWHERE;
    });
    this.place.replaceChildren(frame);
  }

  private empty(words: HTMLElement): void {
    this.shown = "";
    this.bar.hidden = true;
    this.elsewhere.textContent = "";
    this.place.replaceChildren(words);
  }
}
