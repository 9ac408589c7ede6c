import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSide } from "../../../src/gate/index.js";
import { findBuf } from "../../../src/image/find-buf.js";
import { complaintsOf } from "../../../src/image/index.js";
import { run } from "../../cli/proto4.js";
import { bufBreaking, ourBreaking, writeFiles } from "./breaking.js";
import { after, before } from "./configurations.js";

/** By folder, `a` is the first module; by name the second. */
const workspace = {
  "buf.yaml":
    "version: v2\nmodules: [{path: a}, {path: b, name: buf.build/x/b, breaking: {use: [WIRE]}}]\nbreaking: {ignore: [a/x/gone.proto]}\n",
};

let folder: string;

/** Both sides as folders, commits and tags of one repository, archives and images. */
beforeAll(async () => {
  folder = await writeFiles({});
  const repository = join(folder, "repository");
  const git = (...args: readonly string[]) => must("git", ["-C", repository, ...args]);
  await must("git", ["init", "-q", "-b", "main", repository]);
  for (const [name, files] of Object.entries({ before, after })) {
    await git("rm", "-rq", "--ignore-unmatch", ".");
    await write(repository, { "README.md": name, ...inFolder("proto", { ...files, ...workspace }) });
    await git("add", ".");
    await git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", name);
    await git("tag", name);
    await git("branch", `branch-${name}`);
    await write(join(folder, name), { ...files, ...workspace });
    await pack(name);
  }
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Spelled with NAME for `before` and `after`. */
const inputs = [
  "NAME",
  "NAME/../NAME/",
  "repository/.git#tag=NAME,subdir=proto",
  "repository/.git#branch=branch-NAME,subdir=proto/",
  "repository/.git#ref=NAME,subdir=proto,depth=10",
  "repository#format=git,tag=NAME,subdir=proto",
  "NAME.tar",
  "NAME.tgz",
  "NAME.tar.gz#strip_components=1",
  "NAME.zip",
  "NAME.zip#strip_components=0,subdir=.",
  "NAME-in-folder.tar.gz#subdir=inner",
];

test("sources are found and judged as by buf, wherever they lie", { timeout: 120_000 }, async () => {
  for (const input of inputs) {
    const comparison = {
      input: input.replaceAll("NAME", "after"),
      against: input.replaceAll("NAME", "before"),
    };
    const ours = await ourBreaking(folder, comparison);
    expect(ours.length, input).toBeGreaterThan(3);
    expect(ours, input).toEqual(await bufBreaking(folder, comparison));
  }
});

const images = ["binpb", "binpb.gz", "binpb.zst", "json", "json.gz", "txtpb", "yaml"];

test("so are images in each spelling, which have no modules", { timeout: 120_000 }, async () => {
  for (const ending of images) {
    const comparison = { input: `after.${ending}`, against: `before.${ending}` };
    const ours = await ourBreaking(folder, comparison);
    expect(ours.length, ending).toBeGreaterThan(3);
    expect(ours, ending).toEqual(await bufBreaking(folder, comparison));
  }
});

test("both sides may be of different kinds", { timeout: 120_000 }, async () => {
  for (const [input, against] of [
    ["after", "repository/.git#tag=before,subdir=proto"],
    ["repository/.git#tag=after,subdir=proto", "before.zip"],
    ["after.tgz", "before"],
    ["after/a", "before/a"],
    ["after.binpb", "before/b"],
    ["after", "before.binpb"],
  ] as const) {
    const comparison = { input, against };
    expect(await ourBreaking(folder, comparison), input).toEqual(await bufBreaking(folder, comparison));
  }
});

test("--path leads to a module that the input itself does not mean", { timeout: 60_000 }, async () => {
  for (const paths of [["proto/a/x"], ["proto/a/x/x.proto", "proto/b/y"], []]) {
    const comparison = { input: ".", against: ".git#tag=before", paths };
    const repository = join(folder, "repository");
    expect(await ourBreaking(repository, comparison)).toEqual(await bufBreaking(repository, comparison));
  }
});

test("of several modules that do not compile, the first is complained of", { timeout: 60_000 }, async () => {
  const broken = { "a/x/x.proto": "message {", "b/y/y.proto": "message }" };
  const here = await writeFiles({ ...before, ...workspace, ...broken });
  await must("git", ["-C", here, "init", "-qb", "main"]);
  await must("git", ["-C", here, "add", "."]);
  await must("git", [
    "-C",
    here,
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.com",
    "commit",
    "-qm",
    "broken",
  ]);
  for (const input of [".", ".git#branch=main", here]) {
    const [said, theirs] = await Promise.all([
      loadSide(input, { cwd: here }).then(() => [], complaintsOf),
      run(findBuf(), ["breaking", input, "--against", ".", "--error-format", "json"], here),
    ]);
    const lines = theirs.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(said.map(({ path, message }) => [path, message])).toEqual(
      lines.map(({ path, message }) => [path, message]),
    );
    expect(lines.length).toBeGreaterThan(0);
  }
  await rm(here, { recursive: true, force: true });
});

test("an image is judged by the buf.yaml of the folder that one stands in", { timeout: 60_000 }, async () => {
  for (const yaml of [
    "version: v2\nbreaking: {use: [WIRE], ignore: [x/gone.proto]}\n",
    "version: v2\nmodules: [{path: a, breaking: {use: [WIRE]}}]\n",
    "version: v1\nbreaking: {ignore_only: {FIELD_SAME_TYPE: [x]}}\n",
  ]) {
    const here = await writeFiles({ "buf.yaml": yaml });
    const comparison = { input: join(folder, "after.binpb"), against: join(folder, "before.binpb") };
    expect(await ourBreaking(here, comparison), yaml).toEqual(await bufBreaking(here, comparison));
    await rm(here, { recursive: true, force: true });
  }
});

test("modules that come or go correspond as buf lets them", { timeout: 60_000 }, async () => {
  const v2 = (modules: string) => ({ "buf.yaml": `version: v2\nmodules: [${modules}]\n` });
  const extra = { "c/z/z.proto": 'syntax = "proto3";\npackage z.v1;\n' };
  const cases = [
    [v2("{path: a}, {path: b}"), v2("{path: a}, {path: b}, {path: c}")],
    [v2("{path: a}, {path: b}"), v2("{path: b}, {path: c}, {path: a}")],
    [v2("{path: a}, {path: b}"), v2("{path: a}, {path: b}, {path: c, breaking: {use: [WIRE]}}")],
    [v2("{path: a}, {path: b}, {path: c}"), v2("{path: a}, {path: b}")],
    [v2("{path: b}, {path: c}, {path: a}"), v2("{path: c}, {path: b}, {path: a}")],
  ] as const;
  for (const [was, is] of cases) {
    const here = await writeFiles({
      ...inFolder("before", { ...before, ...extra, ...was }),
      ...inFolder("after", { ...after, ...extra, ...is }),
    });
    const comparison = { input: "after", against: "before" };
    expect(await ourBreaking(here, comparison), is["buf.yaml"]).toEqual(await bufBreaking(here, comparison));
    await rm(here, { recursive: true, force: true });
  }
});

async function pack(name: string): Promise<void> {
  const at = join(folder, name);
  await must("tar", ["-cf", `${at}.tar`, "-C", at, "."]);
  await must("tar", ["-czf", `${at}.tgz`, "-C", at, "."]);
  await must("tar", ["-czf", `${at}.tar.gz`, "-C", folder, name]);
  const archive = ["-C", join(folder, "repository"), "archive", `${name}:proto`];
  await must("git", [...archive, "-o", `${at}.zip`]);
  await must("git", [...archive, "--prefix=inner/", "-o", `${at}-in-folder.tar.gz`]);
  for (const ending of images) await must(findBuf(), ["build", at, "-o", `${at}.${ending}`]);
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run(command, args, folder);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

async function write(into: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), text);
  }
}

function inFolder(name: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
}
