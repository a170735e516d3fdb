/** The errors of a course, and how a response of the server becomes one. */

import type { Disk } from "./wire";

/** The course refuses; the message is a sentence for the learner. */
export class CourseError extends Error {}

/** The course does not answer: it is not running, or its answer was lost. */
export class Unreachable extends CourseError {}

/** The file on the disk is not the version that was to be replaced. */
export class Conflict extends CourseError {
  constructor(
    message: string,
    readonly disk: Disk,
  ) {
    super(message);
  }
}

/** The solution was asked for before the exercise has passed. */
export class NotEarned extends CourseError {}

/** The JSON body of a response whose status is not 2xx. */
export interface ErrorBody {
  error?: { message?: string };
  asked?: number;
  content?: string | null;
  version?: string | null;
}

/** The error that a response with this status and body stands for. */
export function errorFrom(status: number, body: ErrorBody): CourseError {
  const message = body.error?.message ?? `The course answered ${status}.`;
  if (status === 409 && body.version !== undefined) {
    return new Conflict(message, { content: body.content ?? null, version: body.version });
  }
  return status === 403 && body.asked !== undefined
    ? new NotEarned(message)
    : new CourseError(message);
}
