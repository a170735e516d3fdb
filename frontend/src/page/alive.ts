/**
 * Whether a course serves this page: it says so in the page's head, with its origin.
 * A copy of the pages elsewhere stays as it is.
 */
export function alive(served: string | null | undefined, origin: string): boolean {
  return !!served && served === origin;
}
