import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { makeFolder } from "../files/index.js";
import { type Format, formats } from "../gate/index.js";
import { write } from "./write.js";

/** A report and the file that it goes to, as `--report FORMAT=FILE` says it. */
export interface ReportTarget {
  readonly format: Format;
  /** `-` is standard output. */
  readonly path: string;
}

/** Reads one `--report`, and puts it behind those before it. */
export function collectTarget(text: string, before: readonly ReportTarget[] = []): readonly ReportTarget[] {
  const [, name = "", path = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const format = formats.find((each) => each === name);
  if (format === undefined || path === "")
    throw new InvalidArgumentError(`Give a format and a file, such as json=findings.json. ${choices}`);
  return [...before, { format, path }];
}

const choices = `The formats are ${formats.join(", ")}.`;

/**
 * Looks whether a report will find its place, so that nobody waits for a verdict that then cannot be written.
 * @throws Proto4Error "output-unwritable"
 */
export function checkTarget({ path }: ReportTarget): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error("it is a folder");
    accessSync(there === undefined ? nearestFolder(dirname(resolve(path))) : path, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error(
      "output-unwritable",
      `the report cannot be written here: ${why}; give --report another file`,
      { location: { path }, cause },
    );
  }
}

/** Folders that are missing are made, in the nearest one that is there. */
function nearestFolder(folder: string): string {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined && dirname(folder) !== folder) return nearestFolder(dirname(folder));
  if (there !== undefined && !there.isDirectory()) throw new Error(`${folder} is no folder`);
  return folder;
}

/** @throws Proto4Error "output-unwritable" */
export async function writeTarget({ path }: ReportTarget, text: string): Promise<void> {
  // What is wrong with the folder, writing the file says as well.
  await makeFolder(dirname(resolve(path))).catch(() => {});
  await write(path, text);
}
