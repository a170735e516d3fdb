/** Modal dialogs: a question, or a wide view, over the page. */

import { button, h, stopKeys } from "./dom";

/** Show a modal dialog; the button Close and Escape close it. */
export function openDialog(title: string, wide: boolean, ...children: Node[]): HTMLDialogElement {
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
  document.body.append(stopKeys(dialog));
  dialog.showModal();
  return dialog;
}

/**
 * Ask for a confirmation; `yes` is the label of the button that gives it. Escape and Close mean no.
 */
export function confirmDialog(
  title: string,
  question: string,
  yes: string,
  ...more: Node[]
): Promise<boolean> {
  return new Promise((resolve) => {
    const confirm = button(yes, () => dialog.close("yes"), { class: "live-button live-primary" });
    const cancel = button("Cancel", () => dialog.close(), {});
    const dialog = openDialog(
      title,
      false,
      h("p", {}, question),
      h("p", { class: "live-row" }, confirm, cancel),
      ...more,
    );
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
    cancel.focus();
  });
}
