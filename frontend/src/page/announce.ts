/** What is said aloud to those who listen to the page. */

import { h } from "./dom";

let region: HTMLElement | null = null;

/** Say a sentence; the same sentence twice is said twice. */
export function announce(words: string): void {
  region ??= document.body.appendChild(
    h("div", { class: "live-unseen", role: "status", "aria-live": "polite" }),
  );
  region.replaceChildren(h("p", {}, words));
}
