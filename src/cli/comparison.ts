import { type Command, InvalidArgumentError, Option } from "commander";
import { type Direction, directions } from "../gate/index.js";
import { collect } from "./collect.js";

/** What is compared, and by which rules: flags that `check` and `baseline` share. */
export interface Comparison {
  readonly against?: readonly string[];
  /** `Infinity` for all. */
  readonly againstLast?: number;
  readonly tags?: string;
  readonly subject?: string;
  readonly store?: string;
  readonly direction?: Direction;
  readonly mapPackage?: readonly string[];
  readonly category?: readonly string[];
  readonly path?: readonly string[];
  readonly excludePath?: readonly string[];
  readonly limitToInputFiles?: boolean;
  readonly excludeImports?: boolean;
  readonly config?: string;
  readonly policy?: string;
}

/** The names of what buf has not. */
export const beyondBuf = ["againstLast", "tags", "subject", "direction", "mapPackage", "policy"];

/** Gives a command the flags that say what is compared with what, and who is to get on with whom. */
export function withBaselines(command: Command): Command {
  return withVersions(command).addOption(
    new Option(
      "--direction <direction>",
      "who is to get on with whom; without -transitive, the newest version only " +
        "(default: backward, all versions)",
    ).choices(directions),
  );
}

/** Gives a command the flags that say what is compared with what. */
export function withVersions(command: Command): Command {
  return command
    .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
    .option(
      "--against <input>",
      "the version to compare with, or registry:OWNER/NAME[@VERSION|@LABEL|@last:N]; several, newest first",
      collect,
    )
    .option(
      "--against-last <n>",
      "compare with the last N versions, or all: git tags, or a registry's",
      count,
    )
    .addOption(
      new Option("--tags <pattern>", "the git tags that are versions (default: v*)").conflicts("subject"),
    )
    .option("--subject <owner/name>", "take the versions of --against-last from a registry")
    .addOption(
      new Option("--store <address>", "where the registry is: lmdb:PATH or consul://HOST:PORT[/prefix]").env(
        "PROTO4_STORE",
      ),
    )
    .option(
      "--map-package <elder=newer>",
      "compare a package with the one that continues it, such as acme.v1=acme.v2",
      collect,
    );
}

export function withCategory(command: Command): Command {
  return command.option(
    "--category <name>",
    "rules to ask, by category or id, in place of the configured ones",
    collect,
  );
}

/** Gives a command the flags that say what of it is looked at, and by which rules. */
export function withLimits(command: Command): Command {
  return command
    .option("--path <path>", "look only at this file or folder, on both sides", collect)
    .option("--exclude-path <path>", "leave this file or folder out, on both sides", collect)
    .option("--limit-to-input-files", "on the other side, look only at the files that the input has")
    .option("--exclude-imports", "leave out what is only imported")
    .option("--config <buf.yaml>", "a buf.yaml in place of the input's: its path, or its text")
    .option("--policy <proto4.yaml>", "a proto4.yaml in place of the input's");
}

/** Whether only a part of the files is looked at. */
export function isPart({ path = [], excludePath = [], mapPackage = [], ...options }: Comparison): boolean {
  return options.limitToInputFiles === true || path.length + excludePath.length + mapPackage.length > 0;
}

/** How to judge. Of mapped packages, what they import is there to be understood, not to be compared. */
export function rulesOf({ category: categories, excludeImports, direction, mapPackage }: Comparison) {
  return { categories, direction, excludeImports: excludeImports === true || mapPackage !== undefined };
}

function count(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number from 1, or "all".');
}
