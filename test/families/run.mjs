// npm run families [-- --write] [PACKAGE…]: maps every two versions of Google's APIs, and proves what maps.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));
// As deep as the sources are, which find the project from where they lie.
const dir = join(root, ".cache/families-program");

const bundle = await rolldown({
  input: { main: join(root, "test/families/main.ts") },
  platform: "node",
  external: (id) => /^[^./]/.test(id),
});
await bundle.write({ dir, format: "esm", entryFileNames: "[name].mjs", cleanDir: true });
const { main } = await import(join(dir, "main.mjs"));
await main(process.argv.slice(2));
