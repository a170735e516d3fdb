/** CodeMirror's theme, with the site's CSS variables: it follows the site's light and dark mode. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  {
    tag: [
      tags.keyword,
      tags.controlKeyword,
      tags.operatorKeyword,
      tags.definitionKeyword,
      tags.moduleKeyword,
      tags.bool,
      tags.null,
    ],
    color: "var(--color-code-word)",
  },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: "var(--color-brand-content)",
  },
  { tag: [tags.string, tags.special(tags.string), tags.escape], color: "var(--color-good)" },
  { tag: [tags.number, tags.meta], color: "var(--color-moved)" },
  { tag: tags.comment, color: "var(--color-foreground-muted)" },
]);

const editorTheme = EditorView.theme({
  "&": {
    color: "var(--color-code-foreground)",
    backgroundColor: "var(--color-code-background)",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-stack--monospace)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--color-foreground-primary)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--color-foreground-primary)", borderLeftWidth: "2px" },
  ".cm-gutters": {
    color: "var(--color-foreground-muted)",
    backgroundColor: "var(--color-background-secondary)",
    borderRight: "var(--edge)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": {
    backgroundColor: "color-mix(in srgb, var(--color-accent-soft) 45%, transparent)",
  },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    {
      backgroundColor: "color-mix(in srgb, var(--color-brand-content) 28%, transparent)",
    },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--color-accent-soft)",
    outline: "1px solid var(--color-brand-content)",
  },
});

export const theme: Extension = [editorTheme, syntaxHighlighting(highlighting)];
