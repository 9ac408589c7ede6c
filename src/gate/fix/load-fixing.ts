import { readFileSync } from "node:fs";
import { Proto4Error } from "../../diagnostics/index.js";
import type { BufOptions } from "../../image/index.js";
import { type Baseline, type BaselinesOptions, checkBaselines } from "../baselines/check-baselines.js";
import type { Side } from "../workspace/pair-modules.js";
import type { Disk, Workspace } from "../workspace/workspace.js";
import type { FixedSource, Fixing, SourceText } from "./fixing.js";
import { loadOverlay } from "./load-overlay.js";

/** Sources as they were read, and where they lie. */
export interface LoadedSources extends Fixing {
  /** Absolute. */
  readonly fileOf: (path: string) => string;
  /** As they were read; `undefined` for a new one. */
  readonly bytesOf: (path: string) => Buffer | undefined;
}

/** How an input was compiled, and how it is judged. */
interface FixingOptions {
  readonly compile: BufOptions & { readonly cwd: string };
  readonly judge: BaselinesOptions;
}

/**
 * Opens the sources of an input for fixing.
 * @throws Proto4Error "usage" where the input is no folder or file of this machine
 */
export function loadFixing(
  input: string,
  baselines: readonly Baseline[],
  after: Side,
  { compile, judge }: FixingOptions,
): LoadedSources {
  const { disk } = after.workspace;
  if (disk === undefined)
    throw new Proto4Error(
      "usage",
      `--fix edits sources on disk, and ${input} is none: check out what it was made of, and give its folder`,
    );
  const files = filesOf(after, disk);
  const read = makeReader(files, after, disk);
  const fileOf = (path: string): string => files.get(path) ?? disk.place(path)?.file ?? path;
  return {
    read: (path) => read(path).source,
    bytesOf: (path) => read(path).bytes,
    fileOf,
    check: async (sources) => {
      const texts = new Map(sources.map(({ path, after: text }) => [fileOf(path), text]));
      const image = await loadOverlay(input, disk.folder, texts, compile);
      const workspace = withNew(after.workspace, disk, sources);
      return checkBaselines(baselines, { image, workspace }, judge);
    },
  };
}

/** Of what lies in the workspace, the paths that findings have. */
function filesOf({ image, workspace }: Side, disk: Disk): ReadonlyMap<string, string> {
  return new Map(
    image.files.flatMap(({ path }) => {
      const file = disk.find(path);
      return file === undefined ? [] : [[workspace.locate(path), file] as const];
    }),
  );
}

interface Read {
  readonly source: SourceText;
  readonly bytes: Buffer | undefined;
}

/** What was read stays so: it is what the fixes were made for. */
function makeReader(files: ReadonlyMap<string, string>, { image }: Side, disk: Disk): (path: string) => Read {
  const imported = new Set(image.files.map((file) => file.path));
  const known = new Map<string, Read>();
  return (path) => {
    const found = known.get(path) ?? load(path, files.get(path), imported, disk);
    known.set(path, found);
    return found;
  };
}

function load(path: string, file: string | undefined, imported: ReadonlySet<string>, disk: Disk): Read {
  if (file !== undefined) return readBytes(file);
  if (imported.has(path)) return notHere(`${path} is no source of this workspace, which only imports it`);
  const isNew = path.endsWith(".proto") && disk.find(path) === undefined && disk.place(path) !== undefined;
  if (isNew) return { source: { text: undefined }, bytes: undefined };
  return notHere(`${path} could lie in several folders of this workspace, or in none`);
}

function notHere(why: string): Read {
  return { source: { why }, bytes: undefined };
}

function readBytes(file: string): Read {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { source: { why: `it cannot be read any more: ${why}` }, bytes: undefined };
  }
}

/** With its mark at the start, if it has one. */
function decode(bytes: Buffer): Read {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { source: { text }, bytes };
  } catch {
    return { source: { why: "it is not UTF-8, and would not stay as it is" }, bytes };
  }
}

/** A new file belongs to the module that it would lie in. */
function withNew(workspace: Workspace, disk: Disk, sources: readonly FixedSource[]): Workspace {
  const added = new Map(
    sources.flatMap(({ path, before }) => {
      const place = before === undefined ? disk.place(path) : undefined;
      return place === undefined ? [] : [[path, place] as const];
    }),
  );
  return {
    ...workspace,
    owns: (module, path) => added.get(path)?.module === module || workspace.owns(module, path),
  };
}
