import type { ChangeOf } from "../../diff/index.js";
import type { Enum, EnumValue } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { valueNamed } from "../member-index.js";
import { printValue } from "../print/print-message.js";
import type { RuleContext } from "../rule.js";
import { unchanged } from "./print-revived.js";
import { revive } from "./revive.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/** A number of an enum comes back under all its names. */
export function reviveValue(
  { aliases, parent }: ChangeOf<"enum-value-removed">,
  context: RuleContext,
): WayBack {
  const seen = new Set<string>();
  const allow = aliases.length > 1 ? allowAliases(parent) : [];
  return together({ fixes: allow }, ...aliases.map((value) => revive(value, context, seen)));
}

/**
 * The names that a number lost: one that has one other in its place is renamed back, more come back beside what is
 * there. A name that has another number now has that one taken from it.
 */
export function takeNamesBack(
  { before, after, lost }: ChangeOf<"enum-value-renamed">,
  context: RuleContext,
): WayBack {
  const { parent } = after;
  const moved = lost.filter(({ name }) => valueNamed(parent, name) !== undefined);
  const gone = lost.filter((value) => !moved.includes(value));
  const numbers = moved.map((value) => giveNumber(valueNamed(parent, value.name)!, value.number));
  if (gone.length === 0) return { fixes: [...numbers, ...allowShared(before.parent, parent)] };
  if (gone.some(({ name }) => parent.reservedNames.includes(name)))
    return unfixable("its name is reserved now, which somebody wanted");
  const names = parent.values.filter(({ number }) => number === after.number);
  const isNew = valueNamed(before.parent, after.name) === undefined;
  const [only] = gone;
  if (only !== undefined && gone.length === 1 && names.length === 1 && isNew)
    return { fixes: [...numbers, ...allowShared(before.parent, parent), rename(after, only.name)] };
  const { fullName: symbol, file } = parent;
  const inserts = gone.map((value): Fix => {
    const statement = printValue(value, unchanged(context.before));
    return {
      kind: "insert",
      path: file.fullName,
      symbol,
      statement,
      after: names.map((name) => name.fullName),
    };
  });
  return { fixes: [...numbers, ...allowAliases(parent), ...inserts] };
}

function giveNumber(value: EnumValue, number: number): Fix {
  return { ...base(value), kind: "replace", part: "number", text: `${number}` };
}

function rename(value: EnumValue, name: string): Fix {
  return { ...base(value), kind: "replace", part: "name", text: name };
}

/** Where each name has its number again, some may share one that do not now; only then the option may be there. */
function allowShared(before: Enum, after: Enum): readonly Fix[] {
  const numbers = after.values.map(({ name, number }) => valueNamed(before, name)?.number ?? number);
  return new Set(numbers).size < numbers.length ? allowAliases(after) : [];
}

function allowAliases(parent: Enum): readonly Fix[] {
  return parent.allowAlias ? [] : [{ ...base(parent), kind: "option", name: "allow_alias", value: "true" }];
}

function base(element: Enum | EnumValue): { readonly path: string; readonly symbol: string } {
  return { path: element.file.fullName, symbol: element.fullName };
}
