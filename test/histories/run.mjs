// npm run histories [-- PAIRS [PACKAGE…]]: `proto4 check` between the published versions of packages that carry protos.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBuf } from "../../dist/src/image/find-buf.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, ".cache/histories");
const proto4 = join(root, "dist/bundle/cli/main.cjs");

const [pairs = "12", ...names] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(pairs)) {
  process.stderr.write(
    `the first argument is how many pairs of versions to check, a number, not "${pairs}"\n`,
  );
  process.exit(1);
}
mkdirSync(cache, { recursive: true });
for (const name of names.length > 0 ? names : ["google-gax", "google-proto-files"]) history(name);

function history(name) {
  const versions = listVersions(name).slice(-(Number(pairs) + 1));
  let before = versions[0] && loadVersion(name, versions[0]);
  for (const version of versions.slice(1)) {
    const after = loadVersion(name, version);
    if (before && after) print(before, after);
    if (after) before = after;
  }
}

/** Without release candidates: who upgrades goes from release to release. */
function listVersions(name) {
  const listed = JSON.parse(npm("view", name, "versions", "--json"));
  return [listed].flat().filter((version) => !version.includes("-"));
}

/** An image of a version's protos, compiled once; nothing where it has none. */
function loadVersion(name, version) {
  const image = join(cache, `${name}-${version}.binpb`);
  if (!existsSync(image)) {
    const folder = join(cache, `${name}-${version}`);
    const sources = protosIn(existsSync(folder) ? folder : unpack(name, version, folder));
    if (sources === undefined) return skip(name, version, "has no protos");
    const draft = join(cache, `draft-${process.pid}.binpb`);
    // buf refuses the MessageSets in there; what others import of it, comes along.
    const limits = ["--exclude-path", "google/protobuf", "--exclude-source-info"];
    const built = spawnSync(findBuf(), ["build", ".", ...limits, "-o", draft], { cwd: sources });
    if (built.status !== 0)
      return skip(name, version, `does not compile: ${`${built.stderr}`.split("\n")[0]}`);
    renameSync(draft, image);
  }
  return { name, version, image };
}

function unpack(name, version, folder) {
  const archive = npm("pack", `${name}@${version}`, "--silent", "--pack-destination", cache).trim();
  const draft = join(cache, `draft-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  execFileSync("tar", ["-xzf", join(cache, archive), "-C", draft]);
  rmSync(join(cache, archive));
  renameSync(draft, folder);
  return folder;
}

/** Where a package keeps its protos: the folder that imports are relative to. */
function protosIn(folder) {
  const places = ["package/build/protos", "package/protos", "package"].map((place) => join(folder, place));
  return places.find((place) => existsSync(join(place, "google")));
}

function skip(name, version, why) {
  process.stdout.write(`${name} ${version}  left out: it ${why}\n`);
  return undefined;
}

function print(before, after) {
  const start = performance.now();
  const inputs = [after.image, "--against", before.image];
  const run = spawnSync(process.execPath, [proto4, "check", ...inputs, "--format", "json"], {
    cwd: cache,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (run.status !== 0 && run.status !== 100) throw new Error(run.stderr);
  const found = run.stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  writeFileSync(join(cache, `${after.name}-${before.version}-${after.version}.json`), run.stdout);
  process.stdout.write(
    `${after.name} ${before.version} → ${after.version}  ${summary(found)}  ${seconds} s\n`,
  );
}

/** `error FIELD_NO_DELETE 3, info FIELD_SAME_TYPE 1`: errors first, then the most frequent. */
function summary(found) {
  const counts = new Map();
  for (const { severity, type } of found) {
    const key = `${severity} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const weight = ([key, count]) => (key.startsWith("error") ? 1e6 : 0) + count;
  const sorted = [...counts].sort((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1));
  return sorted.length === 0 ? "no finding" : sorted.map(([key, count]) => `${key} ${count}`).join(", ");
}

function npm(...args) {
  return execFileSync("npm", args, { encoding: "utf8", cwd: cache, maxBuffer: 1 << 26 });
}
