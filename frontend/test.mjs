// Bundles each test (esbuild takes the types out) and runs them all with node's own test runner.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = await mkdtemp(join(tmpdir(), "live-tests-"));
try {
  const names = (await readdir(join(here, "test"))).filter((name) => name.endsWith(".test.ts"));
  await build({
    absWorkingDir: here,
    entryPoints: names.map((name) => join("test", name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
  });
  const files = names.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const run = spawn(process.execPath, ["--enable-source-maps", "--test", ...files], {
    cwd: here, // imports.test.ts reads src
    stdio: "inherit",
  });
  process.exitCode = await new Promise((done) => run.on("close", (code) => done(code ?? 1)));
} finally {
  await rm(out, { recursive: true });
}
