// A command's start-up is mostly the opening of files: so what it is made of comes in few. The library stays as
// tsc emits it, and packages are left to their own.
export default {
  input: { main: "dist/src/cli/main.js" },
  platform: "node",
  external: [/^[^./]/],
  output: { dir: "dist/bundle/cli", format: "esm", cleanDir: true },
};
