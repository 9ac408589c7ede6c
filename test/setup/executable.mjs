// Run by `npm run build`: the compiler does not mark the commands of package.json as executable.
import { chmodSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const commands = [
  "dist/bundle/cli/main.cjs",
  "dist/bundle/plugin/buf-plugin-proto4",
  "dist/plugins/protoc-gen-proto4.js",
];

if (process.platform !== "win32")
  for (const command of commands) {
    const file = fileURLToPath(new URL(`../../${command}`, import.meta.url));
    if (existsSync(file)) chmodSync(file, 0o755);
  }
