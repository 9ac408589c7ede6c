import { type Element, makeOptionLister, type OptionLister, type Schema } from "../schema/index.js";
import type { ChangeOf } from "./change.js";
import { diffOptions, pairBearers } from "./diff-options.js";
import type { Pairs } from "./pair-declared.js";

type OtherOption = ChangeOf<"other-option-changed">;

/** What changed about options that no rule judges: custom ones that nobody tracks, and those of protobuf itself. */
export function* diffOtherOptions(
  pairs: Pairs,
  before: Schema,
  after: Schema,
  trackedOptions: readonly string[],
): Generator<OtherOption> {
  const names = new Set([...customOptions(before), ...customOptions(after)]);
  for (const name of trackedOptions) names.delete(name);
  for (const change of diffOptions(pairs, before, after, [...names]))
    yield { ...change, kind: "other-option-changed", option: `(${change.option})` };
  const [listBefore, listAfter] = [makeOptionLister(before), makeOptionLister(after)];
  for (const [from, to] of pairBearers(pairs, before, after)) {
    const [was, is] = [builtInOptions(from, listBefore), builtInOptions(to, listAfter)];
    // Where it makes another state, that is told.
    const isTold = (option: string) => option === "deprecated" && !isSameState(from, to);
    for (const option of new Set([...was.keys(), ...is.keys()]))
      if (!isTold(option)) yield* diffNamed(from, to, option, was.get(option) ?? "", is.get(option) ?? "");
  }
}

/** Full names of the custom options that a schema defines. proto4's own are told as what they say. */
function customOptions({ declared }: Schema): readonly string[] {
  return [...declared.values()].flatMap((element) =>
    element.kind === "field" &&
    element.file.package !== "proto4" &&
    /^google\.protobuf\.\w+Options$/.test(element.extendee ?? "")
      ? [element.fullName]
      : [],
  );
}

function isSameState({ lifecycle: before }: Element, { lifecycle: after }: Element): boolean {
  return before.state === after.state && before.source === after.source;
}

function* diffNamed(
  before: Element,
  after: Element,
  option: string,
  from: string,
  to: string,
): Generator<OtherOption> {
  if (from !== to) yield { kind: "other-option-changed", before, after, option, from, to };
}

/** The options of protobuf itself that an element sets and no fact of `diffSchema` tells of, by name. */
function builtInOptions(element: Element, list: OptionLister): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path, text } of list(element).options) {
    const [{ name, isExtension } = { name: "", isExtension: true }] = path;
    if (isExtension || toldElsewhere.has(name) || (element.kind === "file" && name in element.options))
      continue;
    const known = found.get(name);
    found.set(name, known === undefined ? text : `${known}, ${text}`);
  }
  return found;
}

const toldElsewhere: ReadonlySet<string> = new Set([
  ...["features", "packed", "jstype", "ctype", "map_entry"],
  ...["no_standard_descriptor_accessor", "idempotency_level", "java_string_check_utf8"],
]);
