// Builds what pages load into app/web/static: every file's name has a digest of its content in it, and manifest.json
// says which name is whose. The same sources and lock file make the same bytes, so that a check can build again and
// compare. Usage: node build.mjs [FOLDER]

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(here, "../static"));

// Messages that scripts show too; every other one is for the server's templates and would only make scripts longer.
const SHARED = /^(script|verdict|state|reason)-/;

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  outdir: "out",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  target: ["chrome123", "firefox121", "safari17.5"],
  legalComments: "none",
  logLevel: "warning",
};

// KaTeX names each font in three formats; every browser that is supported reads the first.
const oneFontFormat = {
  name: "one-font-format",
  setup(builder) {
    builder.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path: file }) => {
      const text = await readFile(file, "utf8");
      const contents = text.replace(/,\s*url\([^)]*\.(woff|ttf)\) format\("[a-z]+"\)/g, "");
      return { contents, loader: "css", resolveDir: path.dirname(file) };
    });
  },
};

const sharedStrings = {
  name: "shared-strings",
  setup(builder) {
    builder.onLoad({ filter: /\.ftl$/ }, async ({ path: file }) => {
      const entries = (await readFile(file, "utf8")).split(/\n(?=[a-z#]|$)/);
      return { contents: entries.filter((entry) => SHARED.test(entry)).join("\n"), loader: "text" };
    });
  },
};

async function icon(name) {
  const content = await readFile(path.join(here, "src", name));
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const { name: stem, ext } = path.parse(name);
  return { name, file: `${stem}-${digest}${ext}`, content };
}

function built(result, names) {
  const files = result.outputFiles.map(({ path: file, contents }) => ({ file: path.basename(file), content: contents }));
  for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    const name = names[entryPoint];
    if (name) files.find(({ file }) => file === path.basename(output)).name = name;
  }
  return files;
}

const styles = built(
  await build({
    ...common,
    entryPoints: ["src/page.css", "src/math.css"],
    loader: { ".woff2": "file" },
    plugins: [oneFontFormat],
  }),
  { "src/page.css": "page.css", "src/math.css": "math.css" },
);
const mathStyle = styles.find(({ name }) => name === "math.css").file;
const scripts = built(
  await build({
    ...common,
    entryPoints: ["src/page.ts", "src/problem.ts"],
    format: "esm",
    splitting: true,
    define: { MATH_STYLE: JSON.stringify(mathStyle) },
    plugins: [sharedStrings],
  }),
  { "src/page.ts": "page.js", "src/problem.ts": "problem.js" },
);
const files = [...styles, ...scripts, await icon("favicon.svg")];

await mkdir(folder, { recursive: true });
for (const old of await readdir(folder)) await rm(path.join(folder, old));
for (const { file, content } of files) await writeFile(path.join(folder, file), content);
const named = files.filter(({ name }) => name).sort((a, b) => (a.name < b.name ? -1 : 1));
const manifest = Object.fromEntries(named.map(({ name, file }) => [name, file]));
await writeFile(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
