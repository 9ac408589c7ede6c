import { join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./source-files.js";

/**
 * Makes one file of a program that is written among the tests, for a process of its own.
 * @param entry from the root of the project
 * @returns the path of a file to start
 */
export async function bundle(entry: string): Promise<string> {
  // As deep below the project as the sources are, which find what lies beside them.
  const file = join(root, ".cache/programs", `${entry.replace(/[^a-z0-9]+/g, "-")}-${process.pid}.mjs`);
  const program = await rolldown({
    input: join(root, entry),
    platform: "node",
    external: /^[^./]/,
    resolve: { extensionAlias: { ".js": [".ts"] } },
  });
  await program.write({ file, codeSplitting: false });
  await program.close();
  return file;
}
