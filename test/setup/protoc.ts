import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianPackages } from "./debian-package.js";
import { findOnPath } from "./find-on-path.js";

const run = promisify(execFile);

/** @returns the path of a protoc 3.21, from the PATH or fetched */
export async function findProtoc(): Promise<string> {
  const installed = findOnPath("protoc");
  if (installed !== undefined && (await versionOf(installed)).includes(" 3.21.")) return installed;
  const fetched = await fetchProtoc();
  await versionOf(fetched);
  return fetched;
}

async function versionOf(protoc: string): Promise<string> {
  return (await run(protoc, ["--version"])).stdout;
}

/** Debian's protoc with the libraries it needs beside it, behind a script that shows them to the loader. */
async function fetchProtoc(): Promise<string> {
  const root = await debianPackages("bookworm", [
    "protobuf-compiler=3.21.*",
    "libprotoc32",
    "libprotobuf32",
    "libprotobuf-dev", // google/protobuf/*.proto
  ]);
  const script = join(root, "protoc");
  if (existsSync(script)) return script;
  const libraries = '"$root"/usr/lib/$(uname -m)-linux-gnu:"$root"/lib/$(uname -m)-linux-gnu';
  const text = `#!/bin/sh\nroot=$(dirname "$0")\nLD_LIBRARY_PATH=${libraries} exec "$root/usr/bin/protoc" "$@"\n`;
  await writeFile(script, text);
  await chmod(script, 0o755);
  return script;
}
