// npm run conformance: the official runner asks protobuf-es alone, and behind translators.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));
// As deep below the project as the sources are, which find what lies beside them.
const main = `${root}.cache/conformance/main.mjs`;

const bundle = await rolldown({
  input: `${root}test/conformance/main.ts`,
  platform: "node",
  external: /^[^./]/,
  resolve: { extensionAlias: { ".js": [".ts"] } },
});
await bundle.write({ file: main, codeSplitting: false });
await bundle.close();
const { status } = spawnSync(process.execPath, [main, root], { stdio: "inherit" });
process.exitCode = status ?? 1;
