/**
 * What the pages take from Sphinx and its theme Furo, and what they add where the theme leaves
 * something out.
 */

/**
 * Whether a course serves this page; the page's head then names the course's origin (`servedBy`).
 * On a copy of the pages elsewhere, nothing of the live page starts.
 */
export function isServedByCourse(servedBy: string | null | undefined, origin: string): boolean {
  return !!servedBy && servedBy === origin;
}

/** The root of the site; Sphinx writes the relative path to it into each page. */
function siteRoot(): URL {
  return new URL(document.documentElement.dataset.content_root ?? "./", location.href);
}

/** The URL of a page of the course, such as "step01_hello/#exercise-plain-text". */
export function pageUrl(page: string): string {
  return new URL(page, siteRoot()).href;
}

/**
 * A URL or path without query, fragment, "index.html", ".html" and last slash: equal for the same
 * page.
 */
export function normalizedPath(path: string): string {
  return path
    .replace(/[?#].*$/, "")
    .replace(/index\.html$/, "")
    .replace(/\.html$/, "")
    .replace(/\/$/, "");
}

const SCROLLING_BLOCKS =
  ".highlight pre, .table-wrapper, .live-curl > code, .live-place > code, .live-difference > dd";

/** Add what Furo leaves out for screen readers and keyboards, on static pages too. */
export function improveAccessibility(): void {
  for (const caption of document.querySelectorAll(".sidebar-tree p.caption[role=heading]")) {
    caption.setAttribute("aria-level", "2");
  }
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
  const content = document.querySelector(".content") ?? document.body;
  new ResizeObserver(makeScrollingBlocksFocusable).observe(content);
}

/** A block that scrolls sideways gets a tabindex, so that the keyboard can reach it. */
function makeScrollingBlocksFocusable(): void {
  const blocks = [...document.querySelectorAll<HTMLElement>(SCROLLING_BLOCKS)];
  const wide = blocks.map((block) => block.scrollWidth > block.clientWidth);
  blocks.forEach((block, at) => {
    if (wide[at]) block.tabIndex = 0;
  });
}

type ParsedQuery = [string, Set<string>, Set<string>, Set<string>, Set<string>];

interface SphinxSearch {
  /**
   * The query, then the words to find, to exclude, to highlight, and to look up as names of
   * objects.
   */
  _parseQuery(query: string): ParsedQuery;
}

/** Sphinx's global of `searchtools.js`, which only the page of search results loads. */
declare const Search: SphinxSearch | undefined;

/** Let Sphinx's search find numbers, which it drops from a query. */
export function searchNumbers(): void {
  if (typeof Search !== "undefined") addNumbersTo(Search);
}

export function addNumbersTo(search: SphinxSearch): void {
  const parse = search._parseQuery;
  search._parseQuery = (query) => {
    const parsed = parse(query);
    for (const number of numbersIn(query)) {
      parsed[1].add(number);
      parsed[3].add(number);
    }
    return parsed;
  };
}

/** The words of a query that are numbers; words are split where Sphinx splits them. */
export function numbersIn(query: string): string[] {
  return query.match(/(?<![\p{Letter}\p{Number}_-])\d+(?![\p{Letter}\p{Number}_])/gu) ?? [];
}
