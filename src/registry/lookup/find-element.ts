import { describeElement, type ElementFacts } from "../../gate/index.js";
import { type Element, readSingleFile } from "../../schema/index.js";
import type { OpenVersion } from "../pack/index.js";

/**
 * Finds an element of a version by its full name; only the file that declares it is read. A value of an enum goes by
 * the name that protobuf gives it, beside its enum, and by that of one in it.
 * @returns `undefined` where there is none
 * @throws Proto4Error "store-invalid", "image-corrupt", "lifecycle-malformed"
 */
export async function findElement(open: OpenVersion, name: string): Promise<ElementFacts | undefined> {
  const found = open.resolve(name);
  const file = found && (await open.file(found.symbol.path));
  if (file === undefined) return undefined;
  const { elements } = readSingleFile(file, isAnnotated(open));
  const element = elements.get(name) ?? enumValue(elements.get(found!.symbol.name), found!.member);
  return element && describeElement(element);
}

/** Full names of what is directly in a symbol. */
export async function membersOf(open: OpenVersion, symbol: string): Promise<readonly string[]> {
  const path = open.find(symbol)?.path;
  const file = path === undefined ? undefined : await open.file(path);
  const { elements } = file === undefined ? { elements: undefined } : readSingleFile(file, isAnnotated(open));
  const element = elements?.get(symbol);
  if (element?.kind === "message") return element.fields.map(({ fullName }) => fullName);
  if (element?.kind === "service") return element.methods.map(({ fullName }) => fullName);
  return element?.kind === "enum" ? element.values.map((value) => `${symbol}.${value.name}`) : [];
}

/** Without proto4's definitions, the numbers of its options are somebody else's. */
function isAnnotated(open: OpenVersion): boolean {
  return open.find("proto4.Terms") !== undefined;
}

function enumValue(element: Element | undefined, name: string | undefined): Element | undefined {
  return element?.kind === "enum" ? element.values.find((value) => value.name === name) : undefined;
}
