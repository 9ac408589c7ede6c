import type { Command } from "commander";
import { checkExport, exportRegistry, importRegistry } from "../registry/index.js";
import { actor } from "./actor.js";
import { type StoreFlags, using, withStore } from "./with-store.js";

/** The commands that take a registry out of its store, and into another one. */
export function moving(): readonly Command[] {
  return [
    withStore("export", "Write all that is known for good into plain files.")
      .requiredOption("--out <dir>", "a folder that is not there yet, or one with an export of this registry")
      .action(exportAll),
    withStore("import", "Bring an export into an empty registry, or one that has a part of it.")
      .argument("<dir>", "what export wrote")
      .action(importAll),
  ];
}

async function exportAll({ out, ...flags }: StoreFlags & { readonly out: string }): Promise<void> {
  await using(flags, false, async (registry) => {
    const done = await exportRegistry(registry, out, progress("exporting"));
    const [versions, subjects] = [count(done.versions, "version"), count(done.subjects, "subject")];
    process.stdout.write(`${out} holds ${versions} of ${subjects}, ${done.written} of them written now\n`);
  });
}

async function importAll(folder: string, flags: StoreFlags): Promise<void> {
  await checkExport(folder);
  await using(flags, true, async (registry) => {
    const done = await importRegistry(registry, folder, actor(), progress("importing"));
    const { repaired, there } = done;
    const [imported, records] = [count(done.imported, "version"), count(done.records, "other record")];
    process.stdout.write(
      `${imported} imported, ${repaired} repaired, ${there} were there; ${records} written\n`,
    );
  });
}

/** On a terminal only: logs keep what came of it. */
function progress(doing: string): (what: string) => void {
  return (what) => {
    if (process.stderr.isTTY) process.stderr.write(`${doing} ${what}\n`);
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
