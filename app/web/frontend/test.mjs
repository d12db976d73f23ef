// Runs the tests of what scripts do without a browser: bundled as they are for pages, by Node's own runner.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const tests = (await readdir(path.join(here, "tests"))).filter((name) => name.endsWith(".test.ts"));
const folder = await mkdtemp(path.join(os.tmpdir(), "allclose-frontend-"));
try {
  await build({
    absWorkingDir: here,
    entryPoints: tests.map((name) => `tests/${name}`),
    bundle: true,
    outdir: folder,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    loader: { ".ftl": "text" },
    logLevel: "warning",
  });
  const files = tests.map((name) => path.join(folder, name.replace(/\.ts$/, ".mjs")));
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(folder, { recursive: true });
}
