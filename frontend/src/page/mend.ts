/** Small things that the theme leaves out for those who listen to a page or have no mouse. */

const SCROLL =
  ".highlight pre, .table-wrapper, .live-curl > code, .live-place > code, .live-difference > dd";

export function mend(): void {
  for (const caption of document.querySelectorAll(".sidebar-tree p.caption[role=heading]")) {
    caption.setAttribute("aria-level", "2");
  }
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
  new ResizeObserver(scrolling).observe(document.querySelector(".content") ?? document.body);
}

/** What scrolls sideways can be reached by the keyboard. */
function scrolling(): void {
  const blocks = [...document.querySelectorAll<HTMLElement>(SCROLL)];
  const wide = blocks.map((block) => block.scrollWidth > block.clientWidth);
  blocks.forEach((block, at) => {
    if (wide[at]) block.tabIndex = 0;
  });
}
