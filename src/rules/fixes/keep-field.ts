import type { ChangeOf } from "../../diff/index.js";
import { type Field, fileOf, jsonNameOf, type Message } from "../../schema/index.js";
import { describe } from "../describe.js";
import { fieldOptions } from "../field-options.js";
import type { Fix } from "../fix.js";
import { fieldNamed, messageIn } from "../member-index.js";
import { typesOf } from "../print/print-field.js";
import { promiser } from "../promise.js";
import { isGroup, labelOf, typeSource } from "../proto-source.js";
import type { RuleContext } from "../rule.js";
import { importsFor } from "./imports.js";
import { bringBack } from "./revive.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/** Label and type as they were, with the options that these call for. What a map is made of is written in its field. */
export function keepType(before: Field, after: Field, context: RuleContext): WayBack {
  const [was, is] = [promiser(before), promiser(after)];
  if (was.kind !== "field" || is.kind !== "field") return unfixable("its map is gone");
  if (isGroup(was) || isGroup(is))
    return unfixable("a group declares its message along with the field, which is more than its type");
  const text = labelOf(labelled(was, is), is) + typeSource(was, is);
  return together(
    { fixes: [replaced(is, "type", text), ...removeEntry(was, is), ...optionFixes(was, is, isOfType(is))] },
    ...typesOf(was).map((type) => bringBack(type, fileOf(is), context)),
  );
}

/** A field that nobody need fill in. */
export function makeOptional(field: Field, context: RuleContext): WayBack {
  return keepType({ ...field, cardinality: "explicit" }, field, context);
}

/** In a oneof there are no labels; to move it out of one is another matter. */
function labelled(was: Field, { oneof }: Field): Field {
  return { ...was, oneof };
}

/** The name as it was, if nobody has it by now. */
export function keepName(before: Field, after: Field): WayBack {
  if (before.extendee !== undefined && before.parent.fullName !== after.parent.fullName)
    return unfixable(`it is declared in another place now, as ${after.fullName}`);
  if (after.parent.kind === "message" && before.extendee === undefined) {
    const taker = fieldNamed(after.parent, before.name);
    if (taker !== undefined) return unfixable(`its name is taken by ${describe(taker)} now`);
  }
  const isReserved = after.parent.kind === "message" && after.parent.reservedNames.includes(before.name);
  const freed: readonly Fix[] = isReserved
    ? [{ kind: "unreserve", ...target(after.parent as Message), numbers: [], names: [before.name] }]
    : [];
  // The name in JSON follows the name; what is written of it was for the name of now.
  const options = optionFixes(before, after, isJsonName);
  return { fixes: [...freed, replaced(after, "name", before.name), ...options] };
}

/** The name in JSON as it was; it need not be written where it follows the name of now. */
export function keepJsonName({ before, after }: ChangeOf<"field-json-name-changed">): WayBack {
  const { jsonName } = before;
  const value = jsonName === jsonNameOf(after.name) ? undefined : JSON.stringify(jsonName);
  return { fixes: [{ kind: "option", ...target(after), name: "json_name", value }] };
}

/** Every option that means what it meant, of those that a choice takes. */
export function keepOptions(
  before: Field,
  after: Field,
  context: RuleContext,
  isChosen: (option: string) => boolean,
): WayBack {
  const [was, is] = [promiser(before), promiser(after)];
  if (was.kind !== "field" || is.kind !== "field") return unfixable("its map is gone");
  const fixes = optionFixes(was, is, isChosen);
  if (fixes.length === 0)
    return unfixable(
      "its file's syntax is what made it so, and what else hangs on that only its author knows",
    );
  return together({ fixes }, ...fixes.map((fix) => languageImport(fix, is, context)));
}

/** The features of a language are defined in a file of their own. */
function languageImport(fix: Fix, field: Field, { after }: RuleContext): WayBack {
  const [, language] = (fix.kind === "option" && /\(pb\.(cpp|java)\)/.exec(fix.name)) || [];
  if (language === undefined) return together();
  return { fixes: importsFor(fileOf(field), `google/protobuf/${language}_features.proto`, after) };
}

/** Options that are not as they were, written for the place where the field is now. */
function optionFixes(was: Field, is: Field, isChosen: (option: string) => boolean): readonly Fix[] {
  const wanted = pairsOf(fieldOptions(was, is));
  const had = pairsOf(fieldOptions(is, is));
  return [...new Set([...had.keys(), ...wanted.keys()])]
    .filter((name) => isChosen(name) && wanted.get(name) !== had.get(name))
    .map((name) => ({ kind: "option", ...target(is), name, value: wanted.get(name) }));
}

function pairsOf(options: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    options.map((option) => {
      const at = option.indexOf(" = ");
      return [option.slice(0, at), option.slice(at + 3)];
    }),
  );
}

/** A message by the name of the entry that the map's return makes must go: it was written for the list. */
function removeEntry(was: Field, is: Field): readonly Fix[] {
  if (was.cardinality !== "map" || is.parent.kind === "file") return [];
  const entry = messageIn(is.parent, was.typeName ?? "");
  return entry === undefined || entry.mapEntry ? [] : [{ kind: "remove", ...target(entry) }];
}

export function replaced(field: Field, part: Extract<Fix, { kind: "replace" }>["part"], text: string): Fix {
  return { kind: "replace", ...target(field), part, text };
}

function target(element: Field | Message): { readonly path: string; readonly symbol: string } {
  return { path: element.file.fullName, symbol: element.fullName };
}

/** Those whose value is of the type, or which only some types may have; proto3 knows no defaults. */
function isOfType(where: Field): (option: string) => boolean {
  const isWritten = fileOf(where).syntax !== "proto3";
  return (option) => option !== "json_name" && (isWritten || option !== "default");
}

function isJsonName(option: string): boolean {
  return option === "json_name";
}
