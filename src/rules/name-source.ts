import { type Container, type Element, fileOf, type SchemaFile } from "../schema/index.js";
import { isDeclaredIn } from "./member-index.js";

/**
 * A type's name as it can be written where `element` stands: inside its package the shortest one that means the type,
 * else the full one; with a leading dot where something nearer has, or may have, the name's first part.
 * @see https://protobuf.dev/programming-guides/proto3/#name-resolution
 */
export function nameFrom(element: Element, fullName: string): string {
  const around = containersOf(element);
  for (const [index, container] of around.entries()) {
    const scope = container.kind === "file" ? container.package : container.fullName;
    if (scope !== "" && !fullName.startsWith(`${scope}.`)) continue;
    const name = scope === "" ? fullName : fullName.slice(scope.length + 1);
    const isMeant = !around.slice(0, index).some((nearer) => isDeclaredIn(nearer, firstOf(name)));
    if (isMeant && (scope !== "" || !mayBeNearer(element, firstOf(name)))) return name;
  }
  return globalName(element, fullName);
}

/** A full name from outside the package, or an option's. */
export function globalName(element: Element, fullName: string): string {
  const first = firstOf(fullName);
  const isCaptured = containersOf(element).some((container) => isDeclaredIn(container, first));
  // A file without a package declares what lies in it globally: there the first part may be the meant one itself.
  return isCaptured || mayBeNearer(element, first) ? `.${fullName}` : fullName;
}

/**
 * `google` inside acme.google.v1 is acme.google, and inside acme.v1 it is acme.google as well, if a file imports that.
 * Imports tell their packages by their folders only, so that these are taken at their word: a dot more does no harm.
 */
function mayBeNearer(element: Element, first: string): boolean {
  const file = fileOf(element);
  const known = innerNames.get(file) ?? innerNamesOf(file);
  innerNames.set(file, known);
  return known.has(first);
}

/** What stands in a package, or in the folder of an import, behind another name. */
function innerNamesOf(file: SchemaFile): ReadonlySet<string> {
  const folders = file.dependencies.map((path) => path.split("/").slice(0, -1));
  return new Set([file.package.split("."), ...folders].flatMap((parts) => parts.slice(1)));
}

/** A file's are asked for with each of its elements. */
const innerNames = new WeakMap<SchemaFile, ReadonlySet<string>>();

/** From the innermost on; options of a message, and types of its fields, are looked up in the message first. */
function containersOf(element: Element): readonly Container[] {
  if (element.kind === "file") return [element];
  if (element.kind === "message") return [element, ...containersOf(element.parent)];
  return containersOf(element.parent);
}

function firstOf(name: string): string {
  return name.split(".", 1)[0]!;
}
