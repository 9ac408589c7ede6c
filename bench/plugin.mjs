// npm run bench:plugin [-- --rounds N]: what buf-plugin-proto4 adds to buf breaking, whole processes.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buf } from "./corpus.mjs";
import { compare } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = process.argv.indexOf("--rounds");
const rounds = at < 0 ? 9 : Number(process.argv[at + 1]);
const goal = 0.6;
const bundle = join(root, "dist/bundle/plugin");
const folder = mkdtempSync(join(tmpdir(), "proto4-bench-plugin-"));

try {
  // The demo's protos, of which a field leaves. The same shell shim, and Node asked for everything in its place.
  const shim = join(bundle, "buf-plugin-proto4");
  const plain = side("plain", undefined);
  const ours = side("plugin", [shim]);
  const bare = side("node", [process.execPath, join(bundle, "buf-plugin-proto4.cjs")]);
  const [without, withPlugin, withNode] = compare(rounds, [plain, ours, bare]);
  tell("buf breaking", without);
  tell("with buf-plugin-proto4", withPlugin, without);
  tell("the same without its shell shim", withNode, without);
  const added = withPlugin.seconds - without.seconds;
  console.log(`${added <= goal ? "within" : "OVER"} the goal of ${goal} s on top for a small module`);
  const [load] = loadavg();
  const cores = availableParallelism();
  if (load > cores)
    console.log(`${load.toFixed(1)} processes wait for ${cores} cores: most of these seconds is waiting`);
} finally {
  rmSync(folder, { recursive: true });
}

/** One module, before and after a change, with a buf.yaml that asks or does not ask a plug-in. */
function side(name, plugin) {
  const after = join(folder, name, "after");
  for (const into of [join(folder, name, "before"), after]) {
    mkdirSync(into, { recursive: true });
    cpSync(join(root, "fixtures/shop/proto"), join(into, "proto"), { recursive: true });
    cpSync(join(root, "proto/proto4"), join(into, "proto/proto4"), { recursive: true });
    const asked = plugin === undefined ? "[FILE]" : "[FILE, PROTO4_LIFECYCLE, PROTO4_STRICT]";
    const plugins = plugin === undefined ? "" : `plugins: [{plugin: ${JSON.stringify(plugin)}}]\n`;
    const yaml = `version: v2\nmodules: [{path: proto}]\nbreaking: {use: ${asked}}\n${plugins}`;
    writeFileSync(join(into, "buf.yaml"), yaml);
  }
  const note = 'syntax = "proto3";\npackage shop.note;\nmessage Note {\n  string text = 1;\n';
  writeFileSync(join(folder, name, "before/proto/note.proto"), `${note}  string more = 2;\n}\n`);
  writeFileSync(join(after, "proto/note.proto"), `${note}}\n`);
  return { command: { file: buf, args: ["breaking", "--against", "../before"], cwd: after } };
}

function tell(name, { seconds, megabytes, cpu }, base) {
  const added = base === undefined ? "" : `   +${(seconds - base.seconds).toFixed(2)} s`;
  const figures = `${seconds.toFixed(2)} s (CPU ${cpu.toFixed(2)} s) ${megabytes.toFixed(0)} MB`;
  console.log(`${name.padEnd(32)} ${figures}${added}`);
}
