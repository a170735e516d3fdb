/** The running app beside the text: its page, requests by hand, its log. */

import type { Course } from "../connection/course";
import type { AppState, CourseEvent } from "../connection/wire";
import { announce } from "../page/announce";
import { button, copier, h, ownKeys } from "../page/dom";
import { tabs } from "../page/tabs";
import { Stage } from "./frame";
import { Log } from "./log";
import { requestForm } from "./request-form";

const WORDS: Record<AppState["state"], string> = {
  starting: "starting …",
  running: "running",
  stopped: "stopped",
  failed: "It did not start: see its log.",
};

export class AppPanel {
  private readonly title = h("h2", { id: "live-app-title" });
  private readonly state = h("p", { class: "live-app-state", role: "status" });
  private readonly address = h("p", { class: "live-row live-address" });
  private readonly stage = new Stage();
  private readonly log = new Log();
  private readonly starter = button("Start", () => void this.toggle(), {
    class: "live-button live-primary",
  });
  private readonly tabs;
  private readonly element: HTMLElement;
  private app: AppState | null = null;
  private name = "";
  /** It did not start, and so its log is shown. */
  private failed = false;
  private opener: Element | null = null;

  /** `moved` is called when it is opened or closed. */
  constructor(
    private readonly course: Course,
    private readonly moved: () => void,
  ) {
    this.tabs = tabs("The app", [
      { name: "Page", content: this.stage.element },
      {
        name: "Request",
        content: h(
          "div",
          {},
          requestForm(course, () => this.name),
        ),
      },
      { name: "Log", content: h("div", {}, this.log.element) },
    ]);
    this.element = h(
      "aside",
      { class: "live-app", "aria-labelledby": "live-app-title", hidden: true },
      h(
        "div",
        { class: "live-dialog-head" },
        this.title,
        button("Close", () => this.close(), {
          class: "live-button live-small",
          "aria-label": "Close the app's panel; it goes on running",
        }),
      ),
      h(
        "div",
        { class: "live-row" },
        this.starter,
        button("Reload", () => this.stage.reload(), { title: "Load its page again" }),
        this.state,
      ),
      this.address,
      this.tabs.element,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    document.body.append(ownKeys(this.element));
  }

  /** Show an app, and start it. */
  async open(name: string, title: string): Promise<void> {
    this.opener = document.activeElement;
    if (name !== this.name) {
      this.name = name;
      this.app = null;
      this.failed = false;
      this.log.show([], 0);
      this.stage.take(name, title);
      this.tabs.select("Page");
    }
    this.title.textContent = title;
    this.element.hidden = false;
    document.body.classList.add("live-app-open");
    this.starter.focus();
    this.moved();
    await this.start();
  }

  /** The name of the app that is to be seen; null when the panel is closed. */
  get shown(): string | null {
    return this.element.hidden ? null : this.name;
  }

  hear(event: CourseEvent): void {
    if (event.kind === "app" && event.name === this.name) this.draw(event);
    if (event.kind === "log" && event.name === this.name) this.log.add(event.lines, event.printed);
  }

  /** There is a connection again: the app may have ended with the course. */
  async again(): Promise<void> {
    if (this.name) await this.ask(() => this.course.app(this.name));
  }

  private close(): void {
    this.element.hidden = true;
    document.body.classList.remove("live-app-open");
    this.moved();
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  private start(): Promise<void> {
    return this.ask(() => this.course.startApp(this.name));
  }

  private toggle(): Promise<void> {
    const on = this.app?.state === "running" || this.app?.state === "starting";
    return on ? this.ask(() => this.course.stopApp(this.name)) : this.start();
  }

  private async ask(act: () => Promise<AppState>): Promise<void> {
    try {
      this.draw(await act());
    } catch (error) {
      this.state.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  private draw(app: AppState): void {
    if (app.state !== this.app?.state || app.notice !== this.app.notice)
      announce(`${this.title.textContent ?? "The app"}: ${app.notice ?? WORDS[app.state]}`);
    if (app.state === "failed" && this.app?.state !== "failed") this.tabs.select("Log");
    if (app.state === "running" && this.failed && this.tabs.chosen() === "Log")
      this.tabs.select("Page");
    this.failed = app.state === "failed" || (this.failed && app.state === "starting");
    this.app = app;
    this.element.dataset.state = app.state;
    this.state.textContent = app.notice ? `${WORDS[app.state]} – ${app.notice}` : WORDS[app.state];
    this.starter.textContent =
      app.state === "running" || app.state === "starting" ? "Stop" : "Start";
    this.log.show(app.log, app.printed);
    this.drawPage(app);
  }

  private drawPage(app: AppState): void {
    const address = app.state === "running" ? app.address : null;
    this.address.replaceChildren(
      ...(address
        ? [
            h("a", { href: address, target: "_blank", rel: "noreferrer" }, address),
            copier(address, "the address"),
          ]
        : []),
    );
    if (app.state === "starting") this.stage.wait();
    else if (!address) this.stage.clear();
    else if (app.framed === false) this.stage.refused(address);
    else this.stage.show(address);
  }
}
