import { readFileSync } from "node:fs";

/** Packages whose many small files would be most of the start-up: they go into the bundle, with their licences. */
const bundled = ["commander", "yaml"];

const licences = {
  name: "licences",
  generateBundle() {
    const source = bundled
      .map((name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}`)
      .join("\n---\n\n");
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source });
  },
};

// A command's start-up is mostly the opening of files, and Node's loader of modules: so what it is made of comes in few
// files, as CommonJS, which Node has at hand. The library stays as tsc emits it, and other packages are left to their own.
export default {
  input: { main: "dist/src/cli/main.js" },
  platform: "node",
  external: (id) => /^[^./]/.test(id) && !bundled.includes(id),
  plugins: [licences],
  output: {
    dir: "dist/bundle/cli",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    cleanDir: true,
  },
};
