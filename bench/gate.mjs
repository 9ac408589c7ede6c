// npm run bench:gate [-- --rounds N] [-- --plot]: proto4 check against buf breaking, whole processes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buf, corpusImage, editedFile, editFile, firstFiles, repository, withChanges } from "./corpus.mjs";
import { compare } from "./measure.mjs";
import { plot } from "./plot.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, JSON.parse(readFileSync(join(root, "package.json"), "utf8")).bin.proto4);
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const rounds = Number(option("--rounds", 3));
const only = option("--only", "");

const proto4 = (args, more) => ({ command: { file: process.execPath, args: [main, ...args], ...more } });
const bufCommand = (args, more) => ({ command: { file: buf, args, ...more } });

function images(name, before, after, goal, other = bufCommand(["breaking", after, "--against", before])) {
  if (!name.includes(only)) return;
  tell(name, goal, compare(rounds, [proto4(["check", after, "--against", before]), other]));
}

function tell(name, goal, [ours, theirs]) {
  const ratio = theirs.seconds / ours.seconds;
  const memory = theirs.megabytes / ours.megabytes;
  console.log(
    `${name.padEnd(36)} proto4 ${time(ours)}   buf ${time(theirs)}   ${ratio.toFixed(1)}× faster, 1/${memory.toFixed(1)} of the memory   (goal: ${goal})`,
  );
}

function time({ seconds, megabytes, cpu }) {
  return `${seconds.toFixed(2)} s (CPU ${cpu.toFixed(2)} s) ${megabytes.toFixed(0)} MB`;
}

// As buf build makes images, and without the places in the sources, which are three quarters of one.
const whole = corpusImage();
const corpus = corpusImage("--exclude-source-info");
const count = 8028;

images("images, one file changed", corpus, withChanges(corpus, 1), "50×, 1/10");
images("images with source info, one changed", whole, withChanges(whole, 1), "50×, 1/10");
images("images, every file changed", corpus, withChanges(corpus, count), "9×, 400 MB");
const some = firstFiles(corpus, 700);
images("700 files, one changed", some, withChanges(some, 1), "10×");
const someWhole = firstFiles(whole, 700);
images("700 files with source info", someWhole, withChanges(someWhole, 1), "10×");
const few = firstFiles(corpus, 10);
const wrapper = join(dirname(fileURLToPath(import.meta.resolve("@bufbuild/buf/package.json"))), "bin/buf");
const wrapped = (after) => ({
  command: { file: process.execPath, args: [wrapper, "breaking", after, "--against", few] },
});
const fewChanged = withChanges(few, 1);
images("10 files, against npm's buf", few, fewChanged, "1×", wrapped(fewChanged));
startUp();
if ("git work tree".includes(only)) git();
if (process.argv.includes("--plot")) plotCounts();

/** What a command costs that does nothing, beside Node itself. */
function startUp() {
  const name = "start-up of --version, and of Node";
  if (!name.includes(only)) return;
  const [ours, node] = compare(rounds, [
    proto4(["--version"]),
    { command: { file: process.execPath, args: ["-e", "0"] } },
  ]);
  console.log(`${name.padEnd(36)} proto4 ${time(ours)}   node ${time(node)}`);
}

function git() {
  const cwd = repository();
  const cache = mkdtempSync(join(tmpdir(), "proto4-bench-cache-"));
  try {
    const types = ["int32", "int64", "bool", "bytes", "double", "float", "uint32", "uint64"];
    const env = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache };
    const against = ["--against", ".git#branch=main"];
    const check = proto4(["check", ...against], { cwd, env });
    editFile(cwd, "int32");
    compare(1, [check]);
    const limited = bufCommand(["breaking", ...against, "--path", dirname(editedFile)], { cwd });
    const unlimited = bufCommand(["breaking", ...against], { cwd });
    tell("git work tree, second run, --path", "5×", compare(rounds, [check, limited]));
    tell("git work tree, second run, whole", "50×", compare(Math.min(rounds, 1), [check, unlimited]));
    // Each run finds an edit that it has not seen, which proto4 has buf compile.
    const fresh = { ...check, prepare: () => editFile(cwd, types.push(types.shift()) && types[0]) };
    tell("git work tree, new edit, --path", "5×", compare(rounds, [fresh, limited]));
  } finally {
    for (const folder of [cwd, cache]) rmSync(folder, { recursive: true, force: true });
  }
}

function plotCounts() {
  const counts = [1, 10, 100, 1000, count];
  const points = counts.map((changed) => {
    const [{ seconds }] = compare(rounds, [
      proto4(["check", withChanges(corpus, changed), "--against", corpus]),
    ]);
    return { changed, seconds };
  });
  const [theirs] = compare(1, [bufCommand(["breaking", withChanges(corpus, 1), "--against", corpus])]);
  writeFileSync(join(root, "docs/speed.svg"), plot(points, theirs.seconds));
}
