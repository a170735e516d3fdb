/** Whether a course stands behind these pages; a copy of them elsewhere stays as it is. */
export function alive(cookie: string): boolean {
  return cookie.split(";").some((pair) => pair.trim() === "workshop_live=1");
}
