/** Text: its inline markup, a marked part of it, and the part in which two texts differ. */

import { h } from "./dom";

/** A part of a sentence: plain text, `code` or *emphasis*. */
export interface Inline {
  kind: "text" | "code" | "em";
  text: string;
}

const MARKUP = /``(.+?)``|`([^`]+)`|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])/g;

/**
 * Split a sentence of the course at its markup: `code` between backquotes and *emphasis* between
 * stars.
 */
export function parseInline(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > at) found.push({ kind: "text", text: text.slice(at, match.index) });
    const code = match[1]?.trim() ?? match[2];
    found.push(
      code === undefined ? { kind: "em", text: match[3] ?? "" } : { kind: "code", text: code },
    );
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ kind: "text", text: text.slice(at) });
  return found;
}

/** A sentence of the course with its inline markup as elements. */
export function inline(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of parseInline(text)) {
    fragment.append(part.kind === "text" ? part.text : h(part.kind, {}, part.text));
  }
  return fragment;
}

/**
 * `text` with the characters from `start` up to `end` in a <mark>; without one when that part is
 * empty.
 */
export function marked(text: string, start: number, end: number): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (end <= start) fragment.append(text);
  else
    fragment.append(text.slice(0, start), h("mark", {}, text.slice(start, end)), text.slice(end));
  return fragment;
}

/** The characters from `from` up to `to` are replaced by `insert`: a change of CodeMirror. */
export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/**
 * The one change that makes `after` of `before`; null when they are equal. Never splits a surrogate
 * pair.
 */
export function textChange(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
