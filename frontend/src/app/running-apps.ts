/** The apps that run now, with the address of each. */

import type { AppFacts } from "../connection/wire";

export class RunningApps {
  private readonly apps = new Map<string, AppFacts>();

  /** `onChange` is called whenever the address of an app may have changed. */
  constructor(private readonly onChange: () => void) {}

  /** Replace what is known by the apps that run. */
  replaceAll(all: AppFacts[]): void {
    this.apps.clear();
    for (const app of all) this.apps.set(app.name, app);
    this.onChange();
  }

  /** Take over the new state of one app. */
  update(app: AppFacts): void {
    const before = this.address(app.name);
    this.apps.set(app.name, app);
    if (this.address(app.name) !== before) this.onChange();
  }

  /** The address of an app; null when it does not run. */
  address(name: string): string | null {
    const app = this.apps.get(name);
    return app?.state === "running" ? app.address : null;
  }

  /** The names of the apps that run. */
  get names(): string[] {
    return [...this.apps.keys()].filter((name) => this.address(name) !== null);
  }
}
