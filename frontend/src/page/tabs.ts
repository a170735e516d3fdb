/** Tabs with the ARIA roles `tablist`, `tab` and `tabpanel`; arrow keys go from one to the next. */

import { h } from "./dom";

export interface Tab {
  name: string;
  content: HTMLElement;
}

export interface Tabs {
  element: HTMLElement;
  /** Show the tab with this name. */
  select(name: string): void;
  /** The name of the tab that is shown. */
  selected(): string;
}

export function tabs(label: string, all: Tab[]): Tabs {
  const list = h("div", { role: "tablist", "aria-label": label, class: "live-tabs" });
  const buttons = all.map(({ name, content }, at) => {
    const id = `live-tab-${at}`;
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", id);
    content.classList.add("live-tabpanel");
    const tab = h(
      "button",
      { type: "button", role: "tab", id, on: { click: () => show(at) } },
      name,
    );
    list.append(tab);
    return tab;
  });
  const show = (at: number): void => {
    buttons.forEach((tab, other) => {
      tab.setAttribute("aria-selected", String(other === at));
      tab.tabIndex = other === at ? 0 : -1;
    });
    all.forEach(({ content }, other) => (content.hidden = other !== at));
  };
  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const current = buttons.findIndex((tab) => tab.tabIndex === 0);
    const next = (current + step + buttons.length) % buttons.length;
    show(next);
    buttons[next]?.focus();
  });
  show(0);
  return {
    element: h("div", { class: "live-tabbed" }, list, ...all.map(({ content }) => content)),
    selected: () => all.find(({ content }) => !content.hidden)?.name ?? "",
    select: (name) =>
      show(
        Math.max(
          0,
          all.findIndex((tab) => tab.name === name),
        ),
      ),
  };
}
