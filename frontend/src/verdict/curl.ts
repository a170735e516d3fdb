/** A curl command that repeats a request, with the address at which the app runs now. */

import { copyButton, h, heading } from "../page/dom";

/**
 * The address at which the commands of the course serve an app; curl commands in reports name it.
 */
const DEFAULT_ADDRESS = /http:\/\/127\.0\.0\.1:8080(?=\/\S*$)/;
/** The event that tells an element with `data-app` that the address of an app may have changed. */
const ADDRESS_CHANGED = "live-moved";

/** The app that a check is about. */
export interface AppAddress {
  name: string;
  /** Where the app runs now; null when it does not. */
  address(): string | null;
}

/** The command with the address at which the app runs; unchanged when it does not run. */
export function withAddress(command: string, address: string | null): string {
  return address === null ? command : command.replace(DEFAULT_ADDRESS, address.replace(/\/$/, ""));
}

/** A command and a button that copies it. */
export function curl(command: string): HTMLElement {
  return h(
    "div",
    { class: "live-curl" },
    h("code", {}, command),
    copyButton(command, "the curl command"),
  );
}

/** The command that repeats a request, redrawn whenever the app's address changes. */
export function repeatCommand(command: string, app: AppAddress): HTMLElement {
  const element = h("div", { "data-app": app.name });
  const draw = (): void => {
    const address = app.address();
    const words = address ? "To send it again" : "To send it again, run the app and then";
    element.replaceChildren(heading(words), curl(withAddress(command, address)));
  };
  element.addEventListener(ADDRESS_CHANGED, draw);
  draw();
  return element;
}

/** Redraw every command on the page: the address of an app may have changed. */
export function updateAddresses(): void {
  for (const element of document.querySelectorAll("[data-app]")) {
    element.dispatchEvent(new CustomEvent(ADDRESS_CHANGED));
  }
}
