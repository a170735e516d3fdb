/** Questions and wide views over the page. */

import { button, h, ownKeys } from "./dom";

/** Show a dialog until it is closed; Escape closes it. */
export function open(title: string, wide: boolean, ...children: Node[]): HTMLDialogElement {
  const heading = h("h2", { id: "live-dialog-title" }, title);
  const close = button("Close", () => dialog.close(), {
    class: "live-button live-small live-close",
  });
  const dialog = h(
    "dialog",
    {
      class: wide ? "live-dialog live-wide" : "live-dialog",
      "aria-labelledby": "live-dialog-title",
    },
    h("div", { class: "live-dialog-head" }, heading, close),
    ...children,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(ownKeys(dialog));
  dialog.showModal();
  return dialog;
}

/** Ask whether to go on; Escape and Close mean no. */
export function confirmed(
  title: string,
  words: string,
  yes: string,
  ...more: Node[]
): Promise<boolean> {
  return new Promise((resolve) => {
    const go = button(yes, () => dialog.close("yes"), { class: "live-button live-primary" });
    const no = button("Cancel", () => dialog.close(), {});
    const dialog = open(
      title,
      false,
      h("p", {}, words),
      h("p", { class: "live-row" }, go, no),
      ...more,
    );
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
    no.focus();
  });
}
