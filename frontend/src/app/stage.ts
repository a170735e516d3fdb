/** The page of the running app, in a frame, if the app lets that be. */

import { h } from "../dom";

/** It may run and keep what it likes under its own address, but not take this page elsewhere. */
const SANDBOX = "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads";

export class Stage {
  readonly element = h("div", { class: "live-frame" });
  private shown = "";

  /** Nothing runs. */
  clear(): void {
    this.shown = "";
    this.element.replaceChildren(
      h("p", { class: "live-quiet" }, "Its page stands here while it runs."),
    );
  }

  /** The app runs; its page is loaded unless it is there. */
  show(address: string, title: string): void {
    if (address === this.shown) return;
    this.shown = address;
    const attributes = { src: address, title, sandbox: SANDBOX, referrerpolicy: "no-referrer" };
    this.element.replaceChildren(h("iframe", attributes));
  }

  /** The app wants no frame around it, as step 06 teaches. */
  refused(address: string): void {
    this.shown = "";
    const words =
      "This app lets no page show it in a frame: its header says so, as step 06 teaches. ";
    const link = { href: address, target: "_blank", rel: "noreferrer" };
    this.element.replaceChildren(h("p", {}, words, h("a", link, "Open it in a tab of its own")));
  }
}
