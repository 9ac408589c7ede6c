import { writeFile } from "node:fs/promises";
import { Proto4Error } from "../diagnostics/index.js";

/** Writes a file that a command was told to. @throws Proto4Error "output-unwritable" */
export async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("output-unwritable", `this file cannot be written: ${why}`, {
      location: { path },
      cause,
    });
  }
}
