// Builds live.js, live.css and the notices of what is bundled. `node build.mjs [folder]`
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "docs", "_static", "live");

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { live: "src/live.ts", "live-style": "css/live.css" },
  entryNames: "[name]",
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
}).then(async (result) => {
  for (const file of result.outputFiles) {
    const name = file.path.endsWith(".css") ? "live.css" : "live.js";
    await writeFile(await place(name), file.text.trimEnd() + "\n");
  }
  return result;
});
await writeFile(await place("NOTICES.txt"), await notices(Object.keys(metafile.inputs)));

async function place(name) {
  const { mkdir } = await import("node:fs/promises");
  await mkdir(target, { recursive: true });
  return join(target, name);
}

/** The licence of every package that has a file in the bundle. */
async function notices(inputs) {
  const packages = new Set(
    inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean),
  );
  const parts = ["live.js holds these packages, each under its own licence."];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file: look at it before you bundle it.`);
    const text = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
    parts.push(`${"-".repeat(72)}\n${name} ${version} (${license})\n\n${text}`);
  }
  return parts.join("\n\n") + "\n";
}
