import type { Element, Message, Oneof, SchemaFile } from "../../schema/index.js";
import { describe } from "../describe.js";
import type { Fix } from "../fix.js";
import { printFile } from "../print/print-file.js";
import type { Printing } from "../print/printing.js";
import { promiser } from "../promise.js";
import type { RuleContext } from "../rule.js";
import { homeAfter, messageAfter, oneofAfter, type Revived, unreserve } from "./homes.js";
import { importsFor, optionsPath } from "./imports.js";
import { restoreOneof } from "./oneof.js";
import { outermost } from "./outermost.js";
import { printLost } from "./print-lost.js";
import { reviving } from "./print-revived.js";
import { siblingsBefore } from "./siblings.js";
import { whyTaken } from "./taken.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/**
 * Brings something back that left, with the outermost of what left around it, and with the types that left with it.
 * @param seen what is on its way back already: types refer to each other in circles
 * @param isCleared whether who has its number gets another one
 */
export function revive(
  element: Element,
  context: RuleContext,
  seen: Set<string> = new Set(),
  isCleared = false,
): WayBack {
  const lost = outermost(promiser(element), context);
  if (seen.has(lost.fullName)) return together();
  seen.add(lost.fullName);
  if (lost.kind === "file") return recreate(lost, context, seen);
  const taken = whyTaken(lost, context, isCleared);
  if (taken !== undefined) return unfixable(taken);
  const oneof = lostOneof(lost, context);
  if (lost.kind === "oneof" || oneof !== undefined) {
    const whole = oneof ?? (lost as Oneof);
    return reviveOneof(whole, messageAfter(whole, context)!, context, seen);
  }
  const printing = reviving(lost, context);
  const statement = printLost(lost, printing, context);
  if (printing.lost.size > 0) return unfixable(`it had ${[...printing.lost].join(" and ")}`);
  const [home, path] = homeAfter(lost, context);
  const insert: Fix = {
    kind: "insert",
    path,
    symbol: home,
    statement,
    after: siblingsBefore(lost),
  };
  const freed = unreserve(lost, context);
  const needs = bringAlong(printing, context.after.files.get(path), context, seen);
  return together({ fixes: [...freed, insert] }, needs);
}

/** A oneof with its fields, which are in it as they are now, or come back as well. */
export function reviveOneof(
  oneof: Oneof,
  parent: Message,
  context: RuleContext,
  seen: Set<string> = new Set(),
): WayBack {
  const { way, printings } = restoreOneof(oneof, parent, context);
  return together(way, ...printings.map((printing) => bringAlong(printing, parent.file, context, seen)));
}

/** The oneof of a field that is not there any more. */
function lostOneof(lost: Revived, context: RuleContext): Oneof | undefined {
  if (lost.kind !== "field" || oneofAfter(lost, context) !== undefined) return undefined;
  return lost.oneof;
}

/** What is named must be there, and be seen from where it is named. */
function bringAlong(
  { used }: Printing,
  file: SchemaFile | undefined,
  context: RuleContext,
  seen: Set<string>,
): WayBack {
  if (file === undefined) return together();
  return together(...[...used].map((name) => bringBack(name, file, context, seen)));
}

/** A type or an extension that a file is to name. */
export function bringBack(
  name: string,
  file: SchemaFile,
  context: RuleContext,
  seen: Set<string> = new Set(),
): WayBack {
  const { before, after } = context;
  const [gone, standing] = [before.declared.get(name), after.declared.get(name)];
  if (gone !== undefined && standing !== undefined && gone.kind !== standing.kind)
    return unfixable(`${describe(gone)} is ${describe(standing)} now`);
  const home = homesOfOptions[name] ?? standing?.file.fullName;
  if (home !== undefined) return { fixes: importsFor(file, home, after) };
  if (gone === undefined) return together();
  return together(revive(gone, context, seen), { fixes: importsFor(file, gone.file.fullName, after) });
}

const homesOfOptions: Readonly<Record<string, string>> = {
  [optionsPath]: optionsPath,
  "pb.cpp": "google/protobuf/cpp_features.proto",
  "pb.java": "google/protobuf/java_features.proto",
};

/** A file comes back as it was, with what it imports: it is not there to be marked by anybody. */
function recreate(lost: SchemaFile, context: RuleContext, seen: Set<string>): WayBack {
  const { after, before } = context;
  const declared = [...lost.messages, ...lost.enums, ...lost.services, ...lost.extensions];
  const moved = declared.find(({ fullName }) => after.declared.has(fullName));
  if (moved !== undefined)
    return unfixable(`${describe(moved)} stands in ${after.declared.get(moved.fullName)?.file.fullName} now`);
  const printed = files.get(lost) ?? printWhole(lost, context);
  files.set(lost, printed);
  const imports = lost.dependencies.flatMap((path) => before.files.get(path) ?? []);
  const away = imports.filter(({ fullName }) => !after.files.has(fullName));
  return together(printed, ...away.map((file) => revive(file, context, seen)));
}

function printWhole(lost: SchemaFile, context: RuleContext): WayBack {
  const printing = reviving(lost, context);
  const text = printFile(lost, printing);
  if (printing.lost.size > 0) return unfixable(`it had ${[...printing.lost].join(" and ")}`);
  const { fullName: path } = lost;
  return { fixes: [{ kind: "create", path, symbol: path, text }] };
}

/** Others may need it, too. */
const files = new WeakMap<SchemaFile, WayBack>();
