/**
 * The versions with which the learner compares a file: the one handed out, the last step and the
 * solution.
 */

import type { Course } from "../connection/course";
import { NotEarned } from "../connection/errors";
import type { ExerciseState } from "../connection/wire";
import { openCompareDialog } from "./compare-dialog";
import type { View } from "./compare-dialog";

const STUB_TO_MINE = "as handed out → mine";
const MINE_TO_SOLUTION = "mine → solution";
const STEP_TO_SOLUTION = "last step, mine, solution";
const NOT_YET = "it stands here when your file has passed, or when you have asked for it twice.";

export class Versions {
  private passed = false;

  constructor(
    private readonly course: Course,
    private readonly state: ExerciseState,
    private readonly mine: () => string,
  ) {}

  /** The exercise has passed: from now on the solution is shown without a question. */
  exercisePassed(): void {
    this.passed = true;
  }

  /** Open the dialog; `first` is the view that is shown first. */
  async show(first: string = STUB_TO_MINE): Promise<void> {
    // Without an answer of the course, compare without the solution.
    if (this.passed) await this.fetchSolution().catch(() => undefined);
    const { previous, solution, stub, file } = this.state;
    const mine = { title: "Mine", content: this.mine() };
    const handed = { title: "As handed out", content: stub };
    const last = previous && { title: `Last step: ${previous.file}`, content: previous.content };
    const solved = solution === null ? null : { title: "Solution", content: solution };
    const third = solved ?? { title: "Solution", content: null, instead: NOT_YET };
    const views: View[] = [{ name: STUB_TO_MINE, sides: [handed, mine] }];
    if (last) views.push({ name: "last step → mine", sides: [last, mine] });
    if (solved) views.push({ name: MINE_TO_SOLUTION, sides: [mine, solved] });
    if (last) views.push({ name: STEP_TO_SOLUTION, sides: [last, mine, third] });
    views.push({ name: "as handed out, mine, solution", sides: [handed, mine, third] });
    openCompareDialog(`Compare ${file}`, views, first);
  }

  /** Show the solution; false when the course refuses it, and gives it when asked once more. */
  async showSolution(onError: (error: unknown) => void): Promise<boolean> {
    try {
      await this.fetchSolution();
    } catch (error) {
      onError(error);
      return !(error instanceof NotEarned);
    }
    await this.show(MINE_TO_SOLUTION);
    return true;
  }

  private async fetchSolution(): Promise<void> {
    this.state.solution ??= (await this.course.solution(this.state.key)).content;
  }
}
