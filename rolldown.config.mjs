import { readdirSync, readFileSync } from "node:fs";

/** Packages whose many small files would be most of the start-up: they go into the bundle, with their licences. */
const bundled = ["commander", "yaml"];

const licences = (names) => ({
  name: "licences",
  generateBundle() {
    const source = names
      .map((name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}`)
      .join("\n---\n\n");
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source });
  },
});

const external = (id) => /^[^./]/.test(id) && !bundled.includes(id);

/** The pages of rules with their examples, for `proto4 explain`: what the repository has in hundreds of files. */
const rulePages = {
  name: "rule-pages",
  generateBundle() {
    const source = JSON.stringify(Object.fromEntries(readdirSync("fixtures/rules").sort().map(rulePage)));
    this.emitFile({ type: "asset", fileName: "rules.json", source });
  },
};

function rulePage(folder) {
  const read = (path) => readFileSync(`fixtures/rules/${folder}/${path}`, "utf8");
  const paths = readdirSync(`fixtures/rules/${folder}`, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.(proto|yaml)$/.test(path))
    .sort(byTime);
  const files = Object.fromEntries(paths.map((path) => [path, read(path)]));
  const id = folder.toUpperCase().replaceAll("-", "_");
  return [id, { page: read("README.md"), files, expected: read("expected.txt") }];
}

/** As they came to be: elder, before, after; a policy behind them. */
function byTime(a, b) {
  const times = ["elder", "before", "after"];
  const [[first], [second]] = [a.split("/"), b.split("/")];
  const place = (time) => (times.includes(time) ? times.indexOf(time) : times.length);
  return place(first) - place(second) || (a < b ? -1 : 1);
}

// A command's start-up is mostly the opening of files, and Node's loader of modules: so what it is made of comes in few
// files, as CommonJS, which Node has at hand. The library stays as tsc emits it, and other packages are left to their own.
export default [
  {
    input: { main: "dist/src/cli/main.js" },
    platform: "node",
    external,
    plugins: [licences(bundled), rulePages],
    output: {
      dir: "dist/bundle/cli",
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name]-[hash].cjs",
      cleanDir: true,
    },
  },
  // buf starts its plug-in for each module anew.
  {
    input: "dist/plugins/buf-plugin-proto4.js",
    platform: "node",
    external,
    plugins: [licences(["yaml"])],
    output: {
      dir: "dist/bundle/plugin",
      format: "cjs",
      entryFileNames: "[name].cjs",
      codeSplitting: false,
      minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
      cleanDir: true,
    },
  },
];
