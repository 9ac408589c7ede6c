import { posix } from "node:path";
import { imageFormat } from "../../image/index.js";

/** An input as buf spells it, `PATH#KEY=VALUE,…`, taken apart. */
export interface Input {
  readonly kind: "folder" | "proto-file" | "image" | "git" | "tar" | "zip" | "module";
  /** What stands before the `#`. */
  readonly path: string;
  /** What stands behind it. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * Takes an input apart without looking at it.
 * @see https://buf.build/docs/reference/inputs/
 */
export function parseInput(input: string): Input {
  const [path = "", suffix = ""] = input.split(/#(.*)/s);
  const pairs = suffix.split(",").filter((pair) => pair !== "");
  const options = new Map(pairs.map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)]));
  return { kind: kindOf(input, path, options.get("format")), path, options };
}

function kindOf(input: string, path: string, format: string | undefined): Input["kind"] {
  const named = format === undefined ? undefined : formats[format];
  if (named !== undefined) return named;
  if (imageFormat(input) !== undefined) return "image";
  if (/\.git\/?$/.test(path)) return "git";
  if (/\.(tar|tgz)$|\.tar\.(gz|zst)$/.test(path)) return "tar";
  if (path.endsWith(".zip")) return "zip";
  if (path.endsWith(".proto")) return "proto-file";
  return /^[\w-]+(\.[\w-]+)+(:\d+)?\/[\w-]+\/[\w-]+(:[^/]+)?$/.test(path) ? "module" : "folder";
}

const formats: Readonly<Record<string, Input["kind"]>> = {
  dir: "folder",
  protofile: "proto-file",
  git: "git",
  tar: "tar",
  targz: "tar",
  zip: "zip",
  mod: "module",
};

/** The folder inside a repository or archive that the input means; `.` without `subdir`. */
export function subdirOf({ options }: Input): string {
  return posix.normalize(options.get("subdir") ?? ".").replace(/(?<=.)\/$/, "");
}

/** The same repository or archive, of which another folder is meant. */
export function withSubdir({ path, options }: Input, subdir: string): string {
  const pairs = [...new Map([...options, ["subdir", subdir]])].map(([key, value]) => `${key}=${value}`);
  return `${path}#${pairs.join(",")}`;
}
