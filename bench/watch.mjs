// npm run bench:watch [-- --rounds N]: how long proto4 check --watch takes from a save to its answer, on 1,000 files of
// the corpus as git has them; beside a check of the same state by a process of its own, without and with a cache.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { sliceImage } from "../dist/src/image/index.js";
import { corpusImage, firstFiles, sources } from "./corpus.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, JSON.parse(readFileSync(join(root, "package.json"), "utf8")).bin.proto4);
const at = process.argv.indexOf("--rounds");
const rounds = at < 0 ? 15 : Number(process.argv[at + 1]);
const against = ["--against", ".git#branch=main"];

const base = mkdtempSync(join(tmpdir(), "proto4-watch-"));
const [folder, cache] = [join(base, "work"), join(base, "cache")];
const env = { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: base };
try {
  await measure();
} finally {
  rmSync(base, { recursive: true, force: true });
}

async function measure() {
  const files = makeWorkspace(1000);
  const importers = countImporters(files);
  const leaf = files.find(({ path }) => !importers.has(path) && read(path).includes("\nmessage ")).path;
  const [shared, count] = [...importers]
    .filter(([path]) => read(path).includes("\nmessage "))
    .toSorted((a, b) => b[1] - a[1])[0];
  const [cold, warm] = [[], []];
  const watch = await startWatch();
  const times = { leaf: [], shared: [] };
  for (let round = 0; round < rounds; round++) {
    times.leaf.push(await watch.timeOf(leaf, edited(leaf, round)));
    times.shared.push(await watch.timeOf(shared, edited(shared, round)));
    if (round >= 3) continue;
    rmSync(join(base, "other"), { recursive: true, force: true });
    cold.push(wholeProcess(join(base, "other")));
    warm.push(wholeProcess(join(base, "other")));
  }
  watch.end();
  const reference = median(cold.map(({ wall }) => wall));
  tell("a check by itself, nothing cached", cold, reference);
  tell("a check by itself, all cached", warm, reference);
  tell("watch: a file that nobody imports", times.leaf, reference);
  tell(`watch: a file that ${count} others import`, times.shared, reference);
  const isMet = median(times.leaf.map(({ wall }) => wall)) <= 300;
  console.log(`goal, an answer within 300 ms of a save: ${isMet ? "met" : "MISSED"}`);
  if (!isMet) process.exitCode = 1;
}

/** The first files of the corpus, which import only each other, in a repository. */
function makeWorkspace(count) {
  const { files } = sliceImage(
    readFileSync(firstFiles(corpusImage("--exclude-source-info"), count)),
    "corpus",
  );
  for (const { path } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(sources, path), join(folder, path));
  }
  writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
  const git = (...args) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args], {
      cwd: folder,
    });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "corpus");
  return files;
}

/** How many files import each, directly or not. */
function countImporters(files) {
  const reach = new Map();
  for (const { path, dependencies } of files)
    reach.set(path, new Set(dependencies.flatMap((name) => [name, ...(reach.get(name) ?? [])])));
  const counts = new Map();
  for (const names of reach.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...counts].filter(([path]) => reach.has(path)));
}

function read(path) {
  return readFileSync(join(folder, path), "utf8");
}

/** Another text each time, which no rule minds. */
function edited(path, round) {
  const text = execFileSync("git", ["show", `HEAD:${path}`], { cwd: folder, encoding: "utf8" });
  return `${text}\nmessage Bench${round} {}\n`;
}

async function startWatch() {
  const child = spawn(process.execPath, [main, "check", ...against, "--watch"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.resume();
  let said = "";
  let answered = () => {};
  child.stderr.on("data", (chunk) => {
    said += chunk;
    if (/watching\n$/.test(said)) answered();
  });
  const answer = () =>
    new Promise((resolve) => {
      answered = resolve;
    });
  await answer();
  const timeOf = async (path, text) => {
    said = "";
    const answering = answer();
    const [start, before] = [performance.now(), cpuOf(child.pid)];
    writeFileSync(join(folder, path), text);
    await answering;
    return { wall: performance.now() - start, cpu: cpuOf(child.pid) - before };
  };
  return { timeOf, end: () => child.kill("SIGINT") };
}

function wholeProcess(cacheFolder) {
  const [start, before] = [performance.now(), cpuOf("self")];
  const { status, stderr } = spawnSync(process.execPath, [main, "check", ...against], {
    cwd: folder,
    env: { ...env, XDG_CACHE_HOME: cacheFolder, LOCALAPPDATA: cacheFolder },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return { wall: performance.now() - start, cpu: cpuOf("self") - before };
}

/** Of a process and the children that it has seen end, in milliseconds: on a busy machine, most of the wall time is waiting. */
function cpuOf(pid) {
  if (process.platform !== "linux") return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const TICK = 10;
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK, 0);
}

function tell(name, runs, reference) {
  const [wall, cpu] = [median(runs.map((run) => run.wall)), median(runs.map((run) => run.cpu))];
  const ratio = reference / wall;
  console.log(
    `${name.padEnd(44)} ${wall.toFixed(0).padStart(6)} ms   CPU ${cpu.toFixed(0).padStart(6)} ms   ${ratio.toFixed(1).padStart(5)}× faster than cold`,
  );
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
