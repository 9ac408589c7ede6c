import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSources, root, type SourceFile } from "./setup/source-files.js";

/** A room of the house: a folder of src/, src/index.ts, or plugins/. */
type Room = string;

const sources = readSources(["src", "plugins"]);
const allowed = readMap();
const withoutTools = new Set(["wire", "runtime", "diagnostics", "gen"]);

test("the map names every folder that exists, and no other", () => {
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const rooms = [...folders.map(({ name }) => name), "index.ts", "../plugins"];
  expect([...allowed.keys()].sort()).toEqual(rooms.sort());
});

describe.each([...allowed])("%s", (room, imports) => {
  const open = new Set([...imports, ...(withoutTools.has(room) ? [] : ["diagnostics", "gen"])]);
  const files = [...sources.values()].filter(({ path }) => roomOf(path) === room);

  test("imports only the folders that the map allows it", () => {
    const foreign = crossings(files).filter(({ to }) => !open.has(roomOf(to)));
    expect(foreign).toEqual([]);
  });

  test("enters other folders by their index", () => {
    const sideways = crossings(files).filter(({ to }) => roomOf(to) !== "gen" && !to.endsWith("/index.ts"));
    expect(sideways).toEqual([]);
  });
});

test("no file imports itself by a detour", () => {
  expect(circles()).toEqual([]);
});

test("every relative import leads to a file", () => {
  const dangling = [...sources.values()].flatMap(({ path, files }) =>
    files.filter((file) => !sources.has(file)).map((file) => `${path} → ${file}`),
  );
  expect(dangling).toEqual([]);
});

test("the runtime needs no Node and no package but protobuf-es; a bridge adds its RPC package", () => {
  const strangers = (entry: string, rpc: RegExp) =>
    [...reach(entry)]
      .flatMap((path) => sources.get(path)?.packages.map((name) => `${path} imports ${name}`) ?? [])
      .filter((line) => !/ @bufbuild\/protobuf(\/|$)/.test(line) && !rpc.test(line));
  expect(strangers("src/runtime/index.ts", /^$/)).toEqual([]);
  expect(strangers("src/runtime/connect.ts", / @connectrpc\/connect(\/|$)/)).toEqual([]);
});

test("the wire and the diagnostics import nothing", () => {
  expect([...packagesOf("wire"), ...packagesOf("diagnostics")]).toEqual([]);
});

test("what services start with reaches nothing of the tools but the stores", () => {
  const tools = [...reach("src/registry/join.ts")].filter(
    (path) =>
      path !== "src/registry/join.ts" && !/^src\/(registry\/(store|join)|diagnostics|gen|files)\//.test(path),
  );
  expect(tools).toEqual([]);
});

test("the clock, chance and the environment come in by the door", () => {
  const inside = [...sources.values()].filter(({ path }) => !["cli", "../plugins"].includes(roomOf(path)));
  const takers = inside.filter(({ text }) =>
    /new Date\(\)|Date\.now\(|Math\.random\(|process\.env\b/.test(text),
  );
  expect(takers.map(({ path }) => path)).toEqual([]);
});

/** The rows of the map: a room and the rooms it may import. */
function readMap(): ReadonlyMap<Room, readonly Room[]> {
  const text = readFileSync(join(root, "src/README.md"), "utf8");
  const rows = text.matchAll(/^\| `([^`]+)` \|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, room, cell]) => [room!, [...cell!.matchAll(/`([^`]+)`/g)].map((m) => m[1]!)]),
  );
}

function roomOf(path: string): Room {
  const [top, next] = path.split("/");
  return top === "plugins" ? "../plugins" : next!;
}

function crossings(files: readonly SourceFile[]): readonly { readonly from: string; readonly to: string }[] {
  return files.flatMap((file) =>
    file.files.filter((to) => roomOf(to) !== roomOf(file.path)).map((to) => ({ from: file.path, to })),
  );
}

function packagesOf(room: Room): readonly { readonly path: string; readonly name: string }[] {
  return [...sources.values()]
    .filter(({ path }) => roomOf(path) === room)
    .flatMap(({ path, packages }) => packages.map((name) => ({ path, name })));
}

/** A file and all that it imports, however far. */
function reach(entry: string): ReadonlySet<string> {
  if (!sources.has(entry)) throw new Error(`there is no ${entry}`);
  const reached = new Set([entry]);
  // A set's iterator also visits what is added under way.
  for (const path of reached) for (const file of sources.get(path)?.files ?? []) reached.add(file);
  return reached;
}

/** Each circle once, as the chain of files that closes it. */
function circles(): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, chain: readonly string[]): void => {
    if (chain.includes(path)) found.push([...chain.slice(chain.indexOf(path)), path].join(" → "));
    if (chain.includes(path) || done.has(path)) return;
    for (const file of sources.get(path)?.files ?? []) visit(file, [...chain, path]);
    done.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}
