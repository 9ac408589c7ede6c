import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { makeFolder } from "../../files/index.js";
import type { PlannedFile } from "./planned-file.js";

/**
 * Writes a planned file, unless there is one, which may have come meanwhile.
 * @param folder the workspace's
 * @returns whether it was written
 * @throws Proto4Error "output-unwritable"
 */
export async function writePlanned(folder: string, { path, text, isThere }: PlannedFile): Promise<boolean> {
  if (isThere) return false;
  const file = join(folder, path);
  try {
    await makeFolder(dirname(file));
    return await writeNew(file, text);
  } catch (cause) {
    throw new Proto4Error(
      "output-unwritable",
      `it cannot be written (${(cause as Error).message}); what was written before stays, and init can be run again`,
      { location: { path: file }, cause },
    );
  }
}

/** @returns `false` where somebody has written it meanwhile */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
