import type { Command } from "commander";
import {
  type Collected,
  checkLayout,
  checkRegistry,
  collect,
  findLayout,
  loadStats,
  migrate,
  openStore,
  type Problem,
  repairRegistry,
  type SubjectStats,
  surveyElder,
} from "../registry/index.js";
import { actor } from "./actor.js";
import { loadStoreOptions } from "./load-store-options.js";
import { forcedBy } from "./registry-push.js";
import { addressOf, type StoreFlags, using, withStore } from "./with-store.js";

/** What keeps a registry in order. */
export function caring(): readonly Command[] {
  return [
    withStore("gc", "Count the blobs that no version needs, or delete them.")
      .option("--delete", "delete them; meanwhile publishers wait")
      .option("--force", "also where subjects that should be there are not seen; needs a reason")
      .option("--reason <text>", "why it is forced")
      .option("--json", "print what came of it as one line of JSON")
      .action(gc),
    withStore("fsck", "Check every record, pointer and digest; exit code 100 for problems.")
      .option("--repair", "mend what can be mended without a loss")
      .option("--json", "print a line of JSON for each problem")
      .action(fsck),
    withStore("migrate", "Carry a store of an elder layout over; says what it would do.")
      .option("--write", "do it; nobody may publish with the elder proto4 any more")
      .action(migrateStore),
    withStore("stats", "Tell how much the registry holds.")
      .option("--json", "print it as JSON")
      .action(stats),
  ];
}

interface GcFlags extends StoreFlags {
  readonly delete?: boolean;
  readonly force?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

async function gc(flags: GcFlags): Promise<void> {
  const { delete: deletes = false, json = false } = flags;
  const force = forcedBy(flags);
  await using(flags, false, async (registry) => {
    const collected = await collect(registry, { delete: deletes, force, ...actor() });
    const said = json ? JSON.stringify({ deleted: deletes, ...collected }) : describe(collected, deletes);
    process.stdout.write(`${said}\n`);
  });
}

function describe({ blobs, bytes, kept }: Collected, deletes: boolean): string {
  const what = `${blobs} blob${blobs === 1 ? "" : "s"} of ${bytes} bytes`;
  return deletes
    ? `deleted ${what}; ${kept} are needed and stay`
    : `${what} would go with --delete; ${kept} are needed and stay`;
}

async function fsck(
  flags: StoreFlags & { readonly repair?: boolean; readonly json?: boolean },
): Promise<void> {
  await using(flags, false, async (registry) => {
    const found = await checkRegistry(registry, progress);
    const left = flags.repair ? await repairRegistry(registry.store, found, actor()) : found;
    for (const { where, message, repair } of left)
      process.stdout.write(
        flags.json
          ? `${JSON.stringify({ where, message, mendable: repair !== undefined })}\n`
          : `${where}: ${message}\n`,
      );
    const mended = found.length - left.length;
    if (mended > 0) process.stderr.write(`mended ${count(mended, "problem")}\n`);
    process.stderr.write(left.length === 0 ? "everything is whole\n" : `${summary(left)}\n`);
    if (left.length > 0) process.exitCode = 100;
  });
}

function summary(problems: readonly Problem[]): string {
  const mendable = problems.filter(({ repair }) => repair !== undefined).length;
  return `${count(problems.length, "problem")}, of which --repair mends ${mendable}`;
}

/** Opens the store itself: a registry of an elder layout is not to be worked with. */
async function migrateStore(flags: StoreFlags & { readonly write?: boolean }): Promise<void> {
  const store = await openStore(addressOf(flags), loadStoreOptions());
  try {
    const found = await findLayout(store);
    if (found !== 0) {
      // A newer one is not ours to speak of.
      checkLayout(found);
      process.stdout.write(`the store has layout ${found}: there is nothing to migrate\n`);
      return;
    }
    const { versions } = flags.write ? await migrate(store, actor()) : await surveyElder(store);
    const done = flags.write ? "carried over" : "to be carried over; --write does it";
    process.stdout.write(
      `${versions.map((name) => `${name}\n`).join("")}${count(versions.length, "version")} ${done}\n`,
    );
  } finally {
    await store.close();
  }
}

async function stats(flags: StoreFlags & { readonly json?: boolean }): Promise<void> {
  await using(flags, false, async ({ store }) => {
    const found = await loadStats(store);
    if (flags.json) {
      process.stdout.write(`${JSON.stringify(found)}\n`);
      return;
    }
    const { layout, subjects, blobs, bytes, live, seen } = found;
    process.stdout.write(
      [
        ...subjects.map(tellSubject),
        `${count(subjects.length, "subject")}, ${count(blobs, "blob")} of ${size(bytes)}, layout ${layout}`,
        `${count(live, "instance")} live, ${count(seen, "contract")} seen with a service`,
        "",
      ].join("\n"),
    );
  });
}

function tellSubject({ name, versions, deleted, files, packages, packs, bytes }: SubjectStats): string {
  const gone = deleted === 0 ? "" : ` (${deleted} deleted)`;
  return `${name}  ${count(versions, "version")}${gone}, ${count(files, "file")} in ${count(packages, "package")}, at most ${count(packs, "pack")} a version, ${size(bytes)}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** On a terminal only. */
function progress(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rchecking ${done + 1} of ${all} chains of packs … `);
}
