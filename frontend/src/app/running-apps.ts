/** The apps that run now: where each is, told to whatever shows it. */

import type { AppFacts } from "../connection/wire";

/** Where the course's commands serve an app, and so what a curl command names. */
const OWN = /http:\/\/127\.0\.0\.1:8080(?=\/\S*$)/;
/** The event by which what shows an app's address hears that it may have changed. */
const MOVED = "live-moved";

export class Running {
  private readonly apps = new Map<string, AppFacts>();

  constructor(private readonly changed: () => void) {}

  /** All that run, in place of what was known. */
  take(all: AppFacts[]): void {
    this.apps.clear();
    for (const app of all) this.apps.set(app.name, app);
    this.tell();
  }

  hear(app: AppFacts): void {
    const before = this.address(app.name);
    this.apps.set(app.name, app);
    if (this.address(app.name) !== before) this.tell();
  }

  /** The address of an app that runs; null for one that does not. */
  address(name: string): string | null {
    const app = this.apps.get(name);
    return app?.state === "running" ? app.address : null;
  }

  /** The names of those that run. */
  get names(): string[] {
    return [...this.apps.keys()].filter((name) => this.address(name) !== null);
  }

  private tell(): void {
    this.changed();
    for (const place of document.querySelectorAll("[data-app]")) {
      place.dispatchEvent(new CustomEvent(MOVED));
    }
  }
}

/** An app that a piece of evidence is about. */
export interface Place {
  name: string;
  /** Where it runs now; null when it does not. */
  address(): string | null;
}

/** Draw something that names an app's address: now, and whenever that changes. */
export function follows<E extends HTMLElement>(element: E, app: Place, draw: () => void): E {
  element.dataset.app = app.name;
  element.addEventListener(MOVED, draw);
  draw();
  return element;
}

/** A curl command, to where the app runs now; as it is when none runs. */
export function reaching(command: string, address: string | null): string {
  return address === null ? command : command.replace(OWN, address.replace(/\/$/, ""));
}
