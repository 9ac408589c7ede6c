import type { Registry } from "@bufbuild/protobuf";
import type { GeneratedFile, ImportSymbol } from "@bufbuild/protoplugin";
import * as stubs from "./stub-names.js";

/** The name under which a v4 file exports all of its plans: `user_profile.proto` has `userProfilePlan`. */
export function planName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1).replace(/\.proto$/, "");
  const words = base.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const name = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  return `${/^\d/.test(name) ? "_" : ""}${name}Plan`;
}

export function importPlan(f: GeneratedFile, path: string): ImportSymbol {
  return f.import(planName(path), importPath(path));
}

/**
 * The name of the plan of one message: `UserPlan`. A name that begins in lower case gets a `$`, which no name in
 * a `.proto` has: `userPlan` may be that of the file.
 * @param shape the name that protobuf-es gives the message's type
 */
export function messagePlanName(shape: string): string {
  return /^[A-Z]/.test(shape) ? `${shape}Plan` : `${shape}$Plan`;
}

export function importMessagePlan(f: GeneratedFile, path: string, shape: string): ImportSymbol {
  return f.import(messagePlanName(shape), importPath(path));
}

/** The name that protobuf-es gives the type of a message: `User_Address` for a nested one. */
export function shapeName(f: GeneratedFile, registry: Registry, message: string): string {
  const desc = registry.getMessage(message);
  if (desc === undefined) throw new Error(`the request lacks ${message}`);
  return stubs.shapeName(f, desc);
}

/** @param shape the name that protobuf-es gives the message's type */
export function translatorName(shape: string): string {
  return `${shape}Translator`;
}

/**
 * The name of one way of a message as printed code. No message of another name can have it: names in a `.proto`
 * have no `$`.
 * @param shape the name that protobuf-es gives the message's type, or would give that of a map's entries
 */
export function laneName(way: "up" | "down", shape: string): string {
  return `${way}${shape}$`;
}

export function importLane(f: GeneratedFile, path: string, way: "up" | "down", shape: string): ImportSymbol {
  return f.import(laneName(way, shape), importPath(path));
}

export function importTranslator(f: GeneratedFile, path: string, shape: string): ImportSymbol {
  return f.import(translatorName(shape), importPath(path));
}

/** The interface of the code that a message needs. */
export function hooksName(shape: string): string {
  return `${shape}Hooks`;
}

/** What makes a translator of a message that needs code. */
export function createTranslatorName(shape: string): string {
  return `create${translatorName(shape)}`;
}

/** A type or function of another generated file. */
export function importFrom(f: GeneratedFile, path: string, name: string, typeOnly = false): ImportSymbol {
  return f.import(name, importPath(path), typeOnly);
}

/** @param service the name that protobuf-es gives the service */
export function bridgeName(service: string): string {
  return `${lowerFirst(service)}Bridge`;
}

export function createBridgeName(service: string): string {
  return `create${service}Bridge`;
}

/** The file that proto4 makes of a v4 file, without its ending: `shop/v4/user_proto4`. */
export function outputPath(path: string): string {
  return `${path.replace(/\.proto$/, "")}_proto4`;
}

/** As protoplugin has it: from the root of the output, with `.js`, and made relative when printed. */
function importPath(path: string): string {
  return `./${outputPath(path)}.js`;
}

function lowerFirst(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
