/** Where the pages of the course are, seen from the one that is open. */

/** The folder of the site: Sphinx says on each page how to get there. */
export function siteRoot(): URL {
  return new URL(document.documentElement.dataset.content_root ?? "./", location.href);
}

/** An address without what does not matter: the same page, the same text. */
export function plain(path: string): string {
  return path
    .replace(/[?#].*$/, "")
    .replace(/index\.html$/, "")
    .replace(/\.html$/, "")
    .replace(/\/$/, "");
}

/** The address of a page of the course, such as "step01_hello/#exercise-plain-text". */
export function pageUrl(page: string): string {
  return new URL(page, siteRoot()).href;
}
