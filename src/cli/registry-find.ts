import { type Command, Option } from "commander";
import { oneLine, Proto4Error } from "../diagnostics/index.js";
import {
  type FoundContract,
  type FoundElement,
  findFingerprint,
  findSymbol,
  isFingerprint,
  listElements,
  parseVersionsRef,
  reportElements,
  tellVersions,
} from "../registry/index.js";
import type { JsonFlags } from "./registry-read.js";
import { today } from "./today.js";
import { using, withStore } from "./with-store.js";

/** `proto4 registry find` */
export function makeFind(): Command {
  return withStore("find", "Find which versions have an element, or a contract by its fingerprint.")
    .argument("<name>", "full name, such as acme.user.v1.User.name; or 8 to 64 hex digits of a fingerprint")
    .argument("[version]", "look through OWNER/NAME, OWNER/NAME@VERSION or OWNER/NAME@last:N only")
    .option("--json", "print a line of JSON each")
    .action(find);
}

/** `proto4 registry elements` */
export function makeElements(): Command {
  return withStore("elements", "List elements by their lifecycles, those first whose sunset has passed.")
    .addOption(new Option("--state <state>", "only those in this state").choices(states))
    .option("--subject <owner/name>", "only those of this subject; all if not given")
    .option("--inferred", "also those that do not declare a state themselves")
    .option("--json", "print a line of JSON each")
    .action(elements);
}

async function find(name: string, ref: string | undefined, flags: JsonFlags): Promise<void> {
  const wanted = ref === undefined ? undefined : parseVersionsRef(ref);
  await using(flags, false, async (registry) => {
    if (isFingerprint(name)) {
      const found = await findFingerprint(registry.store, name, wanted);
      if (found.length === 0) throw noContract(name, ref);
      tell(found, flags, tellContract);
    } else tell(await findSymbol(registry, name, wanted), flags, tellElement);
  });
}

interface ElementsFlags extends JsonFlags {
  readonly state?: (typeof states)[number];
  readonly subject?: string;
  readonly inferred?: boolean;
}

async function elements(flags: ElementsFlags): Promise<void> {
  const { state, subject, inferred } = flags;
  await using(flags, false, async (registry) => {
    const found = await listElements(registry, { today: today(), state, subject, inferred });
    if (flags.json === true) tell(found, flags, () => "");
    // What is read by another program is not cut.
    else process.stdout.write(reportElements(found, process.stdout.columns ?? Number.POSITIVE_INFINITY));
    if (found.length === 0)
      process.stderr.write(
        `no element ${state === undefined ? "declares a state" : `is ${state}`}${inferred ? "" : "; --inferred lists those that have one by what is around them"}\n`,
      );
  });
}

function tell<T>(found: readonly T[], { json }: JsonFlags, describe: (each: T) => string): void {
  for (const each of found) process.stdout.write(json ? `${JSON.stringify(each)}\n` : describe(each));
}

/** `acme.user.v1  9f86d081…  in acme/user@1 to 3, 5 (the last)` */
function tellContract({ package: name, fingerprint, subject, versions, last }: FoundContract): string {
  return `${name}  ${fingerprint}\n  in ${subject}@${tellVersions(versions)}${last ? ", the last version" : ""}\n`;
}

function tellElement(element: FoundElement): string {
  const { subject, versions, kind, name, line, path, place } = element;
  const at = place === undefined ? path : `${path}:${place.startLine}:${place.startColumn}`;
  return [
    `${subject}@${tellVersions(versions)}  ${kind} ${name}`,
    `  ${line}`,
    `  ${promise(element)}`,
    `  ${at}`,
    "",
  ].join("\n");
}

/** `DEPRECATED until 2027-01-31, replaced by contact.phone: nobody faxes` */
function promise({ lifecycle, source, sunset, replacedBy, reason }: FoundElement): string {
  const how = source === "own" ? "" : ` (${source})`;
  const until = sunset === undefined ? "" : ` until ${sunset}`;
  const instead = replacedBy === undefined ? "" : `, replaced by ${replacedBy}`;
  return oneLine(`${lifecycle}${how}${until}${instead}${reason === undefined ? "" : `: ${reason}`}`);
}

function noContract(fingerprint: string, ref = "any subject"): Proto4Error {
  return new Proto4Error(
    "symbol-missing",
    `no version of ${ref} has a contract whose fingerprint begins with ${fingerprint}; "proto4 registry show OWNER/NAME" lists them`,
  );
}

const states = ["EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"] as const;
