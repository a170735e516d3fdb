/** Mine beside the last step, the stub and the solution. */

import { compare } from "./compare";
import type { Pair } from "./compare";
import { NotEarned } from "./course";
import type { Course } from "./course";
import type { ExerciseState } from "./wire";

const FIRST = "as handed out → mine";
const SOLVED = "mine → solution";

export class Versions {
  constructor(
    private readonly course: Course,
    private readonly state: ExerciseState,
    private readonly mine: () => string,
  ) {}

  show(first: string = FIRST): void {
    const { previous, solution, stub, file } = this.state;
    const mine = { title: "Mine", content: this.mine() };
    const last = previous && { title: `Last step: ${previous.file}`, content: previous.content };
    const solved = solution === null ? null : { title: "Solution", content: solution };
    const pairs: Pair[] = [
      { name: FIRST, before: { title: "As handed out", content: stub }, after: mine },
    ];
    if (last) pairs.push({ name: "last step → mine", before: last, after: mine });
    if (solved) pairs.push({ name: SOLVED, before: mine, after: solved });
    if (solved && last) pairs.push({ name: "last step → solution", before: last, after: solved });
    compare(`Compare ${file}`, pairs, first);
  }

  /** Show the solution; false when it is not earned yet, and has to be asked for once more. */
  async solution(refused: (error: unknown) => void): Promise<boolean> {
    try {
      this.state.solution ??= (await this.course.solution(this.state.key)).content;
    } catch (error) {
      refused(error);
      return !(error instanceof NotEarned);
    }
    this.show(SOLVED);
    return true;
  }
}
