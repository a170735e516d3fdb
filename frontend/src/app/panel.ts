/**
 * The panel beside the text that starts and stops an app and shows its page, a request form and its
 * log.
 */

import type { Course } from "../connection/course";
import type { AppState, CourseEvent } from "../connection/wire";
import { announce, button, copyButton, h, messageOf, stopKeys } from "../page/dom";
import { tabs } from "../page/tabs";
import { AppFrame } from "./frame";
import { Log } from "./log";
import { requestForm } from "./request-form";

const STATE_TEXTS: Record<AppState["state"], string> = {
  starting: "starting …",
  running: "running",
  stopped: "stopped",
  failed: "It did not start: see its log.",
};

export class AppPanel {
  private readonly title = h("h2", { id: "live-app-title" });
  private readonly state = h("p", { class: "live-app-state", role: "status" });
  private readonly address = h("p", { class: "live-row live-address" });
  private readonly frame = new AppFrame();
  private readonly log = new Log();
  private readonly startButton = button("Start", () => void this.toggle(), {
    class: "live-button live-primary",
  });
  private readonly tabs;
  private readonly element: HTMLElement;
  private app: AppState | null = null;
  private name = "";
  /** The app did not start, and so its log is shown. */
  private failed = false;
  /** The element that had the focus before the panel was opened. */
  private opener: Element | null = null;

  /** `onToggle` is called when the panel is opened or closed. */
  constructor(
    private readonly course: Course,
    private readonly onToggle: () => void,
  ) {
    this.tabs = tabs("The app", [
      { name: "Page", content: this.frame.element },
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
        this.startButton,
        button("Reload", () => this.frame.reload(), { title: "Load its page again" }),
        this.state,
      ),
      this.address,
      this.tabs.element,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    document.body.append(stopKeys(this.element));
  }

  /** Open the panel with an app, and start the app. */
  async open(name: string, title: string): Promise<void> {
    this.opener = document.activeElement;
    if (name !== this.name) {
      this.name = name;
      this.app = null;
      this.failed = false;
      this.log.replace([], 0);
      this.frame.setApp(name, title);
      this.tabs.select("Page");
    }
    this.title.textContent = title;
    this.element.hidden = false;
    document.body.classList.add("live-app-open");
    this.startButton.focus();
    this.onToggle();
    await this.start();
  }

  /** The name of the app that is shown; null when the panel is closed. */
  get shown(): string | null {
    return this.element.hidden ? null : this.name;
  }

  receive(event: CourseEvent): void {
    if (event.kind === "app" && event.name === this.name) this.draw(event);
    if (event.kind === "log" && event.name === this.name) this.log.add(event.lines, event.printed);
  }

  /** The page has connected again: the app may have stopped with the course. */
  async reconnected(): Promise<void> {
    if (this.name) await this.update(() => this.course.app(this.name));
  }

  private close(): void {
    this.element.hidden = true;
    document.body.classList.remove("live-app-open");
    this.onToggle();
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  private start(): Promise<void> {
    return this.update(() => this.course.startApp(this.name));
  }

  private toggle(): Promise<void> {
    const on = this.app?.state === "running" || this.app?.state === "starting";
    return on ? this.update(() => this.course.stopApp(this.name)) : this.start();
  }

  /** Show the state that a request of the course gives, or its error. */
  private async update(request: () => Promise<AppState>): Promise<void> {
    try {
      this.draw(await request());
    } catch (error) {
      this.state.textContent = messageOf(error);
    }
  }

  private draw(app: AppState): void {
    if (app.state !== this.app?.state || app.notice !== this.app.notice)
      announce(`${this.title.textContent ?? "The app"}: ${app.notice ?? STATE_TEXTS[app.state]}`);
    if (app.state === "failed" && this.app?.state !== "failed") this.tabs.select("Log");
    if (app.state === "running" && this.failed && this.tabs.selected() === "Log")
      this.tabs.select("Page");
    this.failed = app.state === "failed" || (this.failed && app.state === "starting");
    this.app = app;
    this.element.dataset.state = app.state;
    this.state.textContent = app.notice
      ? `${STATE_TEXTS[app.state]} – ${app.notice}`
      : STATE_TEXTS[app.state];
    this.startButton.textContent =
      app.state === "running" || app.state === "starting" ? "Stop" : "Start";
    this.log.replace(app.log, app.printed);
    this.drawPage(app);
  }

  private drawPage(app: AppState): void {
    const address = app.state === "running" ? app.address : null;
    this.address.replaceChildren(
      ...(address
        ? [
            h("a", { href: address, target: "_blank", rel: "noreferrer" }, address),
            copyButton(address, "the address"),
          ]
        : []),
    );
    if (app.state === "starting") this.frame.appRestarts();
    else if (!address) this.frame.clear();
    else if (app.framed === false) this.frame.showLink(address);
    else this.frame.show(address);
  }
}
