/** Tabs, as screen readers know them: arrow keys go from one to the next. */

import { h } from "./dom";

export interface Tab {
  name: string;
  content: HTMLElement;
}

export function tabs(
  label: string,
  found: Tab[],
): { element: HTMLElement; select(name: string): void; chosen(): string } {
  const list = h("div", { role: "tablist", "aria-label": label, class: "live-tabs" });
  const buttons = found.map(({ name, content }, at) => {
    const id = `live-tab-${at}`;
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", id);
    content.classList.add("live-tabpanel");
    const tab = h(
      "button",
      { type: "button", role: "tab", id, on: { click: () => pick(at) } },
      name,
    );
    list.append(tab);
    return tab;
  });
  const pick = (at: number): void => {
    buttons.forEach((tab, other) => {
      tab.setAttribute("aria-selected", String(other === at));
      tab.tabIndex = other === at ? 0 : -1;
    });
    found.forEach(({ content }, other) => (content.hidden = other !== at));
  };
  list.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    const now = buttons.findIndex((tab) => tab.tabIndex === 0);
    const next = (now + by + buttons.length) % buttons.length;
    pick(next);
    buttons[next]?.focus();
  });
  pick(0);
  return {
    element: h("div", { class: "live-tabbed" }, list, ...found.map(({ content }) => content)),
    chosen: () => found.find(({ content }) => !content.hidden)?.name ?? "",
    select: (name) =>
      pick(
        Math.max(
          0,
          found.findIndex((tab) => tab.name === name),
        ),
      ),
  };
}
