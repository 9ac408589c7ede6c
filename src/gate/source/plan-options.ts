import type { Fix } from "../../rules/index.js";
import type { OptionPlace, Source } from "./declaration.js";
import type { Refusal } from "./draft.js";
import { editList } from "./edit-list.js";
import type { Layout } from "./layout.js";
import { commentIn, wouldBeLost } from "./lost-comments.js";
import { relate } from "./option-path.js";
import { readAggregate } from "./read-aggregate.js";
import { sameTokens } from "./same-tokens.js";
import type { TextEdit } from "./text-edit.js";
import { tokenize } from "./tokenize.js";

/** An option that a fix asks for. */
export interface Want {
  readonly fix: Extract<Fix, { kind: "option" }>;
  readonly path: readonly string[];
  /** `undefined`: it shall not be set. */
  readonly value: string | undefined;
}

/** What becomes of options that are set: edits of values, and which of them go, by index. */
export interface OptionsPlan {
  readonly edits: readonly TextEdit[];
  readonly removed: ReadonlySet<number>;
  readonly added: readonly Want[];
  readonly refused: readonly Refusal[];
}

/** Where options stand: what their names may leave out, and how the source is laid out. */
export interface OptionsContext {
  readonly source: Source;
  readonly layout: Layout;
  readonly scope: string;
}

/** Plans what is asked of options that are set, in the values of which some may be. */
export function planOptions(
  entries: readonly OptionPlace[],
  wants: readonly Want[],
  context: OptionsContext,
): OptionsPlan {
  const around = new Map<number, Want[]>();
  const plans = wants.map((want): OptionsPlan => {
    const relations = entries.map(({ path }) => relate(path, want.path, context.scope));
    const holders = relations.flatMap((relation, index) => (relation === "around" ? [index] : []));
    const own = relations.flatMap((relation, index) =>
      relation === "same" || relation === "within" ? [index] : [],
    );
    if (holders.length > 1) return refused(want, `${want.fix.name} has several values to be set in`);
    const [holder] = holders;
    if (holder === undefined) return planOwn(entries, own, want, context.source);
    around.set(holder, [...(around.get(holder) ?? []), want]);
    return own.length === 0 ? none : refused(want, `${want.fix.name} is set twice`);
  });
  const inside = [...around].map(([index, inner]) => planInside(entries[index]!, index, inner, context));
  return joined([...plans, ...inside]);
}

const none: OptionsPlan = { edits: [], removed: new Set(), added: [], refused: [] };

/** @param own indexes of what sets the option or a part of it */
function planOwn(
  entries: readonly OptionPlace[],
  own: readonly number[],
  want: Want,
  source: Source,
): OptionsPlan {
  const { value, path } = want;
  if (value === undefined) return { ...none, removed: new Set(own) };
  const [first, ...others] = own;
  if (first === undefined) return { ...none, added: [want] };
  const entry = entries[first]!;
  const isWhole = own.every((index) => entries[index]!.path.length === path.length);
  // Of a list each statement sets one item.
  if (isWhole && others.length > 0)
    return refused(want, `${want.fix.name} is a list of ${own.length} values`);
  if (isWhole && sameTokens(entry.tokens, tokenize(value))) return none;
  const lost = isWhole ? commentIn(entry.value, source, value) : undefined;
  if (lost !== undefined) return refused(want, wouldBeLost(lost));
  if (isWhole) return { ...none, edits: [{ ...entry.value, text: value }] };
  return { ...none, removed: new Set(own), added: [want] };
}

/** In the value of an option that is set. */
function planInside(
  entry: OptionPlace,
  index: number,
  wants: readonly Want[],
  context: OptionsContext,
): OptionsPlan {
  const fields = readAggregate(entry.tokens);
  if (fields === undefined)
    return {
      ...none,
      refused: wants.map(({ fix }) => ({ fix, why: `${entry.path.join(".")} is no message here` })),
    };
  const depth = entry.path.length;
  const inner = wants.map((want) => ({ ...want, path: want.path.slice(depth).map(inBrackets) }));
  const plan = planOptions(fields, inner, context);
  const isEmptied = fields.length > 0 && plan.removed.size === fields.length && plan.added.length === 0;
  if (isEmptied) return { ...none, removed: new Set([index]), refused: plan.refused };
  return {
    ...none,
    refused: plan.refused,
    edits: [...plan.edits, ...editFields(entry, fields, plan, context)],
  };
}

function editFields(
  { tokens }: OptionPlace,
  fields: readonly OptionPlace[],
  plan: OptionsPlan,
  { source, layout }: OptionsContext,
): readonly TextEdit[] {
  const added = plan.added.map(({ path, value }) => fieldText(path, value ?? ""));
  if (added.length === 0 && plan.removed.size === 0) return [];
  const inside = { start: tokens[0]!.end, end: tokens.at(-1)!.start };
  if (plan.removed.size === fields.length) return [{ ...inside, text: ` ${added.join(", ")} ` }];
  const separator = separatorOf(source.text, fields);
  return editList(source, { items: fields, inside, separator }, { removed: plan.removed, added }, layout);
}

function separatorOf(text: string, fields: readonly OptionPlace[]): "," | ";" | "" {
  const [first, second] = fields;
  if (first === undefined || second === undefined) return ",";
  const between = tokenize(text.slice(first.end, second.start)).find(({ kind }) => kind === "symbol")?.text;
  return between === "," || between === ";" ? between : "";
}

function fieldText([name, ...rest]: readonly string[], value: string): string {
  return rest.length === 0 ? `${name}: ${value}` : `${name} { ${fieldText(rest, value)} }`;
}

function inBrackets(part: string): string {
  return part.startsWith("(") ? `[${part.slice(1, -1).replace(/^\./, "")}]` : part;
}

function refused({ fix }: Want, why: string): OptionsPlan {
  return { ...none, refused: [{ fix, why }] };
}

function joined(plans: readonly OptionsPlan[]): OptionsPlan {
  return {
    edits: plans.flatMap(({ edits }) => edits),
    removed: new Set(plans.flatMap(({ removed }) => [...removed])),
    added: plans.flatMap(({ added }) => added),
    refused: plans.flatMap(({ refused }) => refused),
  };
}
