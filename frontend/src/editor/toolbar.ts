/** The buttons below an editor, the setting of autosave, and the state of the file. */

import { button, h } from "../page/dom";
import { readSetting, writeSetting } from "../page/storage";
import type { SaveState } from "./file-sync";

/** The name of the setting. */
export const AUTOSAVE = "autosave";
const STATE_TEXTS: Record<SaveState, string> = {
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
  /** Null unless the exercise is an app. */
  run: (() => void) | null;
  compare(): void;
  solution(): void;
  reset(): void;
  /** The learner changed the setting of autosave. */
  autosaveChanged(): void;
}

/** Whether files are saved while the learner types. */
export function isAutosave(): boolean {
  return readSetting(AUTOSAVE, true);
}

export class Toolbar {
  readonly element: HTMLElement;
  private readonly state = h("span", { class: "live-saved" });
  private readonly autosaveBox: HTMLInputElement;
  private readonly solutionButton: HTMLButtonElement;

  constructor(file: string, actions: Actions) {
    const modifier = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";
    this.autosaveBox = h("input", {
      type: "checkbox",
      checked: isAutosave(),
      on: {
        change: () => {
          writeSetting(AUTOSAVE, this.autosaveBox.checked);
          actions.autosaveChanged();
        },
      },
    });
    this.solutionButton = button("Solution", actions.solution);
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
      this.solutionButton,
      button("Reset", actions.reset, { title: "Begin again; a copy of yours is kept" }),
      h("label", { class: "live-auto" }, this.autosaveBox, " Save as I type"),
      this.state,
    );
  }

  showSaveState(state: SaveState, message: string): void {
    this.state.className = `live-saved live-is-${state}`;
    this.state.textContent =
      message && state === "refused" ? `${STATE_TEXTS[state]}. ${message}` : STATE_TEXTS[state];
  }

  /** Show the setting of autosave, which another editor or tab may have changed. */
  updateAutosave(): void {
    this.autosaveBox.checked = isAutosave();
  }

  /** Change the label of the button Solution. */
  setSolutionLabel(label: string): void {
    this.solutionButton.textContent = label;
  }
}
