/** Mine beside the last step, the stub and the solution. */

import { NotEarned } from "../connection/course";
import type { Course } from "../connection/course";
import type { ExerciseState } from "../connection/wire";
import { compare } from "./compare-dialog";
import type { View } from "./compare-dialog";

const HANDED = "as handed out → mine";
const SOLVED = "mine → solution";
const THREE = "last step, mine, solution";
const NOT_YET = "it stands here when your file has passed, or when you have asked for it twice.";

export class Versions {
  private earned = false;

  constructor(
    private readonly course: Course,
    private readonly state: ExerciseState,
    private readonly mine: () => string,
  ) {}

  /** The learner has passed: from now on the solution is there for the asking. */
  earn(): void {
    this.earned = true;
  }

  async show(first: string = HANDED): Promise<void> {
    if (this.earned) await this.fetch().catch(() => undefined); // the course is away: without it
    const { previous, solution, stub, file } = this.state;
    const mine = { title: "Mine", content: this.mine() };
    const handed = { title: "As handed out", content: stub };
    const last = previous && { title: `Last step: ${previous.file}`, content: previous.content };
    const solved = solution === null ? null : { title: "Solution", content: solution };
    const third = solved ?? { title: "Solution", content: null, instead: NOT_YET };
    const views: View[] = [{ name: HANDED, sides: [handed, mine] }];
    if (last) views.push({ name: "last step → mine", sides: [last, mine] });
    if (solved) views.push({ name: SOLVED, sides: [mine, solved] });
    if (last) views.push({ name: THREE, sides: [last, mine, third] });
    views.push({ name: "as handed out, mine, solution", sides: [handed, mine, third] });
    compare(`Compare ${file}`, views, first);
  }

  /** Show the solution; false when it is not earned yet, and has to be asked for once more. */
  async solution(refused: (error: unknown) => void): Promise<boolean> {
    try {
      await this.fetch();
    } catch (error) {
      refused(error);
      return !(error instanceof NotEarned);
    }
    await this.show(SOLVED);
    return true;
  }

  private async fetch(): Promise<void> {
    this.state.solution ??= (await this.course.solution(this.state.key)).content;
  }
}
