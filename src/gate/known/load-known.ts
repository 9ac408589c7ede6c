import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { loadYaml } from "../workspace/load-config.js";
import type { KnownFinding } from "./known-finding.js";
import { readKnown } from "./read-known.js";

/** What the file of known findings is called where nobody says otherwise. */
export const knownFile = "proto4.baseline.yaml";

/**
 * Reads which findings are known.
 * @returns `undefined` where there is no such file
 * @throws Proto4Error "config-invalid" with the place of what is not as `proto4 baseline` writes it
 */
export async function loadKnown(path: string, cwd = "."): Promise<readonly KnownFinding[] | undefined> {
  const source = await readFile(resolve(cwd, path), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new Proto4Error("config-invalid", `this file cannot be read: ${cause.message}`, {
      location: { path },
      cause,
    });
  });
  return source === undefined ? undefined : readKnown(await loadYaml(source, path));
}
