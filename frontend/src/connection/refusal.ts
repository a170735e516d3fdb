/** What the server says when it says no. */

import { Conflict, CourseError, NotEarned } from "./course";

export interface Refusal {
  error?: { message?: string };
  asked?: number;
  content?: string | null;
  version?: string | null;
}

/** What a refusal of the server is, as an error with its sentence. */
export function refusal(status: number, data: Refusal): CourseError {
  const message = data.error?.message ?? `The course answered ${status}.`;
  if (status === 409 && data.version !== undefined) {
    return new Conflict(message, { content: data.content ?? null, version: data.version });
  }
  return status === 403 && data.asked !== undefined
    ? new NotEarned(message)
    : new CourseError(message);
}
