/** A page that is alive: what is heard goes to where it is shown. */

import { AppPanel } from "./app/panel";
import { Running } from "./app/running-apps";
import type { Course } from "./connection/course";
import type { CourseEvent, ExerciseFacts, State } from "./connection/wire";
import { Drafts } from "./editor/drafts";
import { Exercises } from "./editor/exercises";
import { button } from "./page/dom";
import { Landing } from "./page/landing-page";
import { showProgress } from "./page/progress";
import { pageUrl, plain } from "./page/sphinx";
import { StatusLine } from "./page/status-line";
import { tabStorage } from "./page/storage";
import { tally } from "./verdict/report";

export class LivePage {
  private readonly status = new StatusLine();
  private readonly exercises: Exercises;
  private readonly landing: Landing | null;
  private readonly running = new Running(() => this.showRunning());
  private panel: AppPanel | null = null;
  private state: State | null = null;
  private connected = false;

  constructor(private readonly course: Course) {
    document.documentElement.classList.add("live");
    const drafts = new Drafts(tabStorage());
    this.exercises = new Exercises(
      {
        course,
        drafts,
        run: (name, title) => this.run(name, title),
        address: (name) => this.running.address(name),
      },
      (key) => this.state?.exercises.find((exercise) => exercise.key === key),
    );
    const hero = document.querySelector(".hero");
    this.landing = hero && new Landing(course, hero);
    course.onConnection((connection) => {
      this.connected = connection === "connected";
      this.status.show(connection);
      if (connection === "away" || connection === "ended") this.running.take([]);
    });
    course.listen((event) => this.hear(event));
    this.farewell();
    course.open();
  }

  /** Who leaves with edits that cannot be saved is asked; others are saved at once. */
  private farewell(): void {
    addEventListener("beforeunload", (event) => {
      if (!this.connected && this.exercises.unsaved) event.preventDefault();
    });
    addEventListener("pagehide", () => this.exercises.leave());
  }

  private hear(event: CourseEvent): void {
    if (event.kind === "state" || event.kind === "progress") {
      this.running.take(event.apps);
      this.facts(event);
    }
    if (event.kind === "state") this.again();
    if (event.kind === "report") this.verdict(event);
    if (event.kind === "saved") this.changed(event.key, { passes: event.passes ?? false });
    if ("key" in event) this.exercises.hear(event);
    if (event.kind === "app") this.running.hear(event);
    if (event.kind === "app" || event.kind === "log") this.panel?.hear(event);
  }

  private facts(state: State): void {
    const first = !this.state;
    this.state = state;
    showProgress(state);
    this.landing?.show(state);
    if (!first) return;
    this.exercises.begin();
    this.stepButton(state);
  }

  /** After a reconnect: compare what is here with what is there. */
  private again(): void {
    this.exercises.again();
    void this.panel?.again();
  }

  private verdict(event: Extract<CourseEvent, { kind: "report" }>): void {
    const { key, report, done, passes, next } = event;
    const { passed } = tally(report);
    this.changed(key, { done, passes, outcome: report.status, passed }, { next });
  }

  /** Something is known of an exercise by now. */
  private changed(key: string, by: Partial<ExerciseFacts>, more: Partial<State> = {}): void {
    if (!this.state) return;
    const exercises = this.state.exercises.map((facts) =>
      facts.key === key ? { ...facts, ...by } : facts,
    );
    this.facts({ ...this.state, exercises, ...more });
  }

  private stepButton(state: State): void {
    const here = plain(location.href);
    const step = state.steps.find(({ page, app }) => app && plain(pageUrl(page)) === here);
    const head = document.querySelector(".step-head .facts");
    if (!step || !head) return;
    head.after(
      button(
        `Run ${step.label} beside the text`,
        () => this.run(step.label, this.title(step.label)),
        {
          class: "live-button live-small live-run-step",
        },
      ),
    );
  }

  private run(name: string, title: string): void {
    this.panel ??= new AppPanel(this.course, () => this.showRunning());
    void this.panel.open(name, title);
  }

  /** An app that runs and is not to be seen beside the text is named, and can be shown. */
  private showRunning(): void {
    const hidden = this.running.names.filter((name) => name !== this.panel?.shown);
    this.status.running(hidden, (name) => this.run(name, this.title(name)));
  }

  private title(name: string): string {
    const exercise = this.state?.exercises.find(({ key }) => key === name);
    const step = this.state?.steps.find(({ label }) => label === name);
    return exercise?.title ?? (step ? `${step.label}: ${step.title}` : name);
  }
}
