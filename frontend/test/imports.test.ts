import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";

/**
 * The folders of `src`: a file imports only from its own folder and from those above it in this
 * table.
 */
const FOLDERS = ["connection", "page", "verdict", "editor", "app"];
/** The entry point, which may import from each folder and is imported by none. */
const ENTRY = "live.ts";

/**
 * Files by their path in `src`, each with the files that it imports, also for their types alone.
 */
type Graph = Map<string, string[]>;

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]*)"/g;

function importsOf(path: string, source: string): string[] {
  return [...source.matchAll(IMPORT)].map(
    ([, name = ""]) => `${posix.join(posix.dirname(path), name)}.ts`,
  );
}

function sourceGraph(): Graph {
  const paths = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"));
  return new Map(
    paths.map((path) => [path, importsOf(path, readFileSync(join("src", path), "utf8"))]),
  );
}

/**
 * The place of a file's folder in the table; the entry point is after the last, an unknown folder
 * is -1.
 */
function rank(path: string): number {
  return path === ENTRY ? FOLDERS.length : FOLDERS.indexOf(posix.dirname(path));
}

/**
 * Imports of a folder further down in the table, of the entry point, and of files that do not
 * exist.
 */
function wrongImports(graph: Graph): string[] {
  return [...graph].flatMap(([path, imports]) =>
    imports
      .filter((name) => name === ENTRY || !graph.has(name) || rank(name) > rank(path))
      .map((name) => `${path} imports ${name}`),
  );
}

/** Files that, directly or not, import themselves. */
function filesInCircles(graph: Graph): string[] {
  return [...graph.keys()].filter((path) => {
    const reached = new Set<string>();
    const rest = [...(graph.get(path) ?? [])];
    for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      rest.push(...(graph.get(name) ?? []));
    }
    return reached.has(path);
  });
}

test("each file of the source is in a folder of the table, or is the entry point", () => {
  const files = [...sourceGraph().keys()];
  assert.deepEqual(
    files.filter((path) => rank(path) < 0),
    [],
  );
  const used = new Set(files.map((path) => posix.dirname(path)));
  assert.deepEqual(
    FOLDERS.filter((folder) => !used.has(folder)),
    [],
  );
});

test("no file imports from a folder that is further down in the table", () => {
  const graph = sourceGraph();
  assert.ok(graph.get(ENTRY)?.length, "no imports were found at all");
  assert.deepEqual(wrongImports(graph), []);
});

test("no file imports itself, directly or not", () => {
  assert.deepEqual(filesInCircles(sourceGraph()), []);
});

test("wrong imports and circles are found in a graph that has them", () => {
  const graph: Graph = new Map([
    ["live.ts", ["app/a.ts"]],
    ["app/a.ts", ["editor/b.ts", "page/missing.ts"]],
    ["editor/b.ts", ["editor/c.ts", "app/a.ts"]],
    ["editor/c.ts", ["editor/b.ts", "live.ts"]],
    ["page/d.ts", []],
  ]);
  assert.deepEqual(wrongImports(graph), [
    "app/a.ts imports page/missing.ts",
    "editor/b.ts imports app/a.ts",
    "editor/c.ts imports live.ts",
  ]);
  assert.deepEqual(filesInCircles(graph), ["live.ts", "app/a.ts", "editor/b.ts", "editor/c.ts"]);
});

test("each form of import is found", () => {
  const source = `
    import { a } from "./a";
    import type { B } from "../page/b";
    import {
      c,
    } from "./c";
    export * from "./d";
    import "./e";
    const f = await import("./f");
    import { g } from "@codemirror/view";`;
  assert.deepEqual(importsOf("editor/x.ts", source), [
    "editor/a.ts",
    "page/b.ts",
    "editor/c.ts",
    "editor/d.ts",
    "editor/e.ts",
    "editor/f.ts",
  ]);
});
