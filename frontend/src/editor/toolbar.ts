/** The buttons below an editor, and what they say of the file. */

import { button, h } from "../page/dom";
import { remember, remembered } from "../page/storage";
import type { Saved } from "./file-sync";

export const AUTOSAVE = "autosave";
const WORDS: Record<Saved, string> = {
  saved: "Saved",
  unsaved: "Not saved yet",
  saving: "Saving …",
  away: "Not saved: the course is not running",
  refused: "Not saved",
  conflict: "Not saved: changed on the disk",
  missing: "Not saved: the file on the disk is gone, or is no text",
};

export interface Actions {
  check(): void;
  run: (() => void) | null;
  compare(): void;
  solution(): void;
  reset(): void;
  autosave(on: boolean): void;
}

export function autosave(): boolean {
  return remembered(AUTOSAVE, true);
}

export class Toolbar {
  readonly element: HTMLElement;
  private readonly state = h("span", { class: "live-saved" });
  private readonly box: HTMLInputElement;
  private readonly solution: HTMLButtonElement;

  constructor(file: string, actions: Actions) {
    const modifier = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";
    this.box = h("input", {
      type: "checkbox",
      checked: autosave(),
      on: {
        change: () => {
          remember(AUTOSAVE, this.box.checked);
          actions.autosave(this.box.checked);
        },
      },
    });
    this.solution = button("Solution", actions.solution);
    this.element = h(
      "div",
      { class: "live-toolbar", role: "group", "aria-label": `Actions for ${file}` },
      button("Check", actions.check, {
        class: "live-button live-primary",
        title: `Save and check: ${modifier}-Enter`,
        "aria-keyshortcuts": "Control+Enter Meta+Enter",
      }),
      actions.run ? button("Run", actions.run, { title: "Run this app beside the text" }) : null,
      button("Compare", actions.compare, { title: "With the last step, or as it was handed out" }),
      this.solution,
      button("Reset", actions.reset, { title: "Begin again; a copy of yours is kept" }),
      h("label", { class: "live-auto" }, this.box, " Save as I type"),
      this.state,
    );
  }

  saved(state: Saved, message: string): void {
    this.state.className = `live-saved live-is-${state}`;
    this.state.textContent =
      message && state === "refused" ? `${WORDS[state]}. ${message}` : WORDS[state];
  }

  /** The setting may have been changed beside another editor. */
  refresh(): void {
    this.box.checked = autosave();
  }

  offerSolution(words: string): void {
    this.solution.textContent = words;
  }
}
