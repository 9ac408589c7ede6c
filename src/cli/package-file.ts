import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The text of a file that this package publishes; by the package's own name, it is found from source and bundle alike. */
export function packageFile(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(`proto4/${path}`), "utf8");
}
