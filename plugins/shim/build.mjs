// Run by `npm run build`: lays beside the bundled plug-in what starts it, and the answers that need no Node.
import { copyFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { constantFiles } from "../../dist/src/gate/plugin/constants.js";

const into = new URL("../../dist/bundle/plugin/", import.meta.url);

for (const shim of ["buf-plugin-proto4", "buf-plugin-proto4.cmd"])
  copyFileSync(new URL(shim, import.meta.url), fileURLToPath(new URL(shim, into)));
for (const [name, bytes] of Object.entries(constantFiles())) writeFileSync(new URL(name, into), bytes);
