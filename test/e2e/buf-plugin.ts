import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { type Outcome, run } from "../cli/proto4.js";

const project = resolve(import.meta.dirname, "../..");

/** What npm has as the command. */
export const shim: string = join(project, "dist/bundle/plugin/buf-plugin-proto4");

type Files = Readonly<Record<string, string>>;

/** A project with proto4 installed as npm does it, by links, and two versions of its sources: `before` and `work`. */
export interface Workspace {
  readonly folder: string;
  /** Runs buf in `work`; `env` comes on top. */
  buf(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
  breaking(env?: Readonly<Record<string, string>>): Promise<Outcome>;
}

/** @param files of both versions, a path of `before/…`, `work/…`, or of both where it begins with neither */
export async function makeWorkspace(files: Files): Promise<Workspace> {
  // A space in its path: shims are shell scripts.
  const folder = await mkdtemp(join(tmpdir(), "proto4 plug-in-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await installByLinks(folder);
  for (const side of ["before", "work"]) {
    await cp(join(project, "proto/proto4"), join(folder, side, "orders/proto4"), { recursive: true });
    for (const [path, text] of Object.entries(files)) await write(folder, side, path, text);
  }
  const env = (more = {}) => ({
    PATH: [join(folder, "node_modules/.bin"), process.env.PATH].join(delimiter),
    ...more,
  });
  const buf: Workspace["buf"] = (args, more) => run(findBuf(), args, join(folder, "work"), env(more));
  return { folder, buf, breaking: (more) => buf(["breaking", "--against", "../before"], more) };
}

async function installByLinks(folder: string): Promise<void> {
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await symlink(project, join(folder, "node_modules/proto4"));
  const target = "../proto4/dist/bundle/plugin/buf-plugin-proto4";
  await symlink(target, join(folder, "node_modules/.bin/buf-plugin-proto4"));
}

async function write(folder: string, side: string, path: string, text: string): Promise<void> {
  const [head = "", ...rest] = path.split("/");
  const isOneSide = head === "before" || head === "work";
  if (isOneSide && head !== side) return;
  const file = join(folder, side, isOneSide ? rest.join("/") : path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/**
 * A buf.yaml of two modules, of which the first brings proto4's options.
 * @param options of the plug-in
 * @param more of what buf breaking is told
 */
export function bufYaml(options = "", more = ""): string {
  return `version: v2
modules: [{path: orders}, {path: users}]
breaking:
  use: [FILE, PROTO4_LIFECYCLE, PROTO4_STRICT]
${more === "" ? "" : `  ${more}\n`}lint:
  use: [PACKAGE_DEFINED, PROTO4_LIFECYCLE]
  ignore: [orders/proto4]
plugins:
  - plugin: buf-plugin-proto4
    options: {${options}}
`;
}
