/**
 * The live page, where a course serves it: starts the connection, and passes each event of the
 * course to what shows it. On every page it also adds what the theme leaves out.
 */

import { AppPanel } from "./app/panel";
import { RunningApps } from "./app/running-apps";
import { AccessKey } from "./connection/access-key";
import { CourseClient } from "./connection/client";
import type { Course } from "./connection/course";
import type { CourseEvent, ExerciseFacts, State } from "./connection/wire";
import { Drafts } from "./editor/drafts";
import { Exercises } from "./editor/exercises";
import { button } from "./page/dom";
import { LandingPage } from "./page/landing-page";
import { showProgress } from "./page/progress";
import {
  improveAccessibility,
  isServedByCourse,
  normalizedPath,
  pageUrl,
  searchNumbers,
} from "./page/sphinx";
import { StatusLine } from "./page/status-line";
import { tabStorage } from "./page/storage";
import { updateAddresses } from "./verdict/curl";
import { tally } from "./verdict/report";

class LivePage {
  private readonly statusLine = new StatusLine();
  private readonly exercises: Exercises;
  private readonly landingPage: LandingPage | null;
  private readonly apps = new RunningApps(() => {
    this.showApps();
    updateAddresses();
  });
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
        runApp: (name, title) => this.runApp(name, title),
        appAddress: (name) => this.apps.address(name),
      },
      (key) => this.state?.exercises.find((exercise) => exercise.key === key),
    );
    const hero = document.querySelector(".hero");
    this.landingPage = hero && new LandingPage(course, hero);
    course.onConnection((state) => {
      this.connected = state === "connected";
      this.statusLine.show(state);
      if (state === "away" || state === "ended") this.apps.replaceAll([]);
    });
    course.onEvent((event) => this.receive(event));
    this.saveWhenLeft();
    course.open();
  }

  /** Save edits when the page is left; ask the learner first when they cannot be saved. */
  private saveWhenLeft(): void {
    addEventListener("beforeunload", (event) => {
      if (!this.connected && this.exercises.unsaved) event.preventDefault();
    });
    addEventListener("pagehide", () => this.exercises.pageLeft());
  }

  private receive(event: CourseEvent): void {
    if (event.kind === "state" || event.kind === "progress") {
      this.apps.replaceAll(event.apps);
      this.setState(event);
    }
    if (event.kind === "state") this.reconnected();
    if (event.kind === "report") this.receiveReport(event);
    if (event.kind === "saved") this.updateFacts(event.key, { passes: event.passes ?? false });
    if ("key" in event) this.exercises.receive(event);
    if (event.kind === "app") this.apps.update(event);
    if (event.kind === "app" || event.kind === "log") this.panel?.receive(event);
  }

  private setState(state: State): void {
    const first = !this.state;
    this.state = state;
    showProgress(state);
    this.landingPage?.show(state);
    if (!first) return;
    this.exercises.begin();
    this.addRunButton(state);
  }

  /** The course sends its state after each connect: update what the page shows. */
  private reconnected(): void {
    this.exercises.reconnected();
    void this.panel?.reconnected();
  }

  private receiveReport(event: Extract<CourseEvent, { kind: "report" }>): void {
    const { key, report, done, passes, next } = event;
    const { passed } = tally(report);
    this.updateFacts(key, { done, passes, outcome: report.status, passed }, { next });
  }

  /** Update the facts of one exercise, and with them other parts of the state. */
  private updateFacts(key: string, facts: Partial<ExerciseFacts>, more: Partial<State> = {}): void {
    if (!this.state) return;
    const exercises = this.state.exercises.map((exercise) =>
      exercise.key === key ? { ...exercise, ...facts } : exercise,
    );
    this.setState({ ...this.state, exercises, ...more });
  }

  /** Add the button that runs the app of this page's step. */
  private addRunButton(state: State): void {
    const here = normalizedPath(location.href);
    const step = state.steps.find(({ page, app }) => app && normalizedPath(pageUrl(page)) === here);
    const head = document.querySelector(".step-head .facts");
    if (!step || !head) return;
    head.after(
      button(
        `Run ${step.label} beside the text`,
        () => this.runApp(step.label, this.title(step.label)),
        {
          class: "live-button live-small live-run-step",
        },
      ),
    );
  }

  private runApp(name: string, title: string): void {
    this.panel ??= new AppPanel(this.course, () => this.showApps());
    void this.panel.open(name, title);
  }

  /** List the apps that run and are not shown in the panel. */
  private showApps(): void {
    const hidden = this.apps.names.filter((name) => name !== this.panel?.shown);
    this.statusLine.showApps(hidden, (name) => this.runApp(name, this.title(name)));
  }

  /** The title of the exercise or step that an app belongs to. */
  private title(name: string): string {
    const exercise = this.state?.exercises.find(({ key }) => key === name);
    const step = this.state?.steps.find(({ label }) => label === name);
    return exercise?.title ?? (step ? `${step.label}: ${step.title}` : name);
  }
}

/** Start the live page in a browser that has a key; in any other, say that it has none. */
async function start(key: AccessKey): Promise<void> {
  await key.exchangeCode();
  if (key.value) {
    new LivePage(new CourseClient(location.origin, key));
  } else {
    new StatusLine().show("shut");
    key.onChange(() => location.reload());
  }
}

improveAccessibility();
searchNumbers();
const meta = document.querySelector<HTMLMetaElement>('meta[name="workshop-course"]');
if (isServedByCourse(meta?.content, location.origin)) void start(new AccessKey(location.origin));
