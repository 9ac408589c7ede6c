import type { Field } from "../schema/index.js";
import type { FieldContext } from "./field-context.js";
import type { Unpaired } from "./field-pair.js";
import type { HookEntry } from "./mapping.js";
import { ambiguous, unsupported } from "./refuse.js";

/**
 * The fields that user code converts: those of v4 that name the same hook, and those of v3 that their `was` names,
 * or that have their names.
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function mapHooks(unpaired: Unpaired, context: FieldContext): readonly HookEntry[] {
  const names = new Set(unpaired.v4.flatMap(({ lifecycle }) => lifecycle.terms.hook ?? []));
  const claimed = new Map<Field, string>();
  return [...names].map((name): HookEntry => {
    const v4 = unpaired.v4.filter(({ lifecycle }) => lifecycle.terms.hook === name);
    const v3 = unpaired.v3.filter((elder) => v4.some((field) => eldersOf(field).includes(elder.name)));
    context.problems.attempt(() => {
      for (const field of v4) checkElders(field, unpaired.v3);
      for (const field of [...v3, ...v4]) checkField(field, name);
      for (const field of v3) claim(field, name, v4[0]!, claimed);
    });
    return { kind: "hook", name, v3, v4, loss: "OPAQUE" };
  });
}

/** Names of the fields that a field continues. */
function eldersOf({ name, lifecycle }: Field): readonly string[] {
  const { was } = lifecycle.terms;
  return was === undefined ? [name] : was.split(",").map((part) => part.trim());
}

function checkElders(field: Field, v3: readonly Field[]): void {
  const { was } = field.lifecycle.terms;
  const missing =
    was === undefined ? undefined : eldersOf(field).find((name) => !v3.some((e) => e.name === name));
  if (missing === undefined) return;
  throw unsupported(
    field,
    `${field.fullName} was "${was}", and the elder message has no field "${missing}"`,
    "write names of its fields, separated by commas, or leave was out",
  );
}

function checkField(field: Field, hook: string): void {
  if (field.lifecycle.terms.bridgeDefault !== undefined)
    throw unsupported(
      field,
      `${field.fullName} has a bridge_default and goes through the hook "${hook}"`,
      "leave it out, and let the hook say what is there where v3 says nothing",
    );
  if (field.oneof === undefined && field.cardinality !== "required") return;
  throw unsupported(
    field,
    `${field.fullName} is ${field.oneof === undefined ? "required" : "in a oneof"} and goes through the hook "${hook}"`,
    "let a hook convert optional fields outside of oneofs",
  );
}

function claim(field: Field, hook: string, v4: Field, claimed: Map<Field, string>): void {
  const other = claimed.get(field);
  if (other !== undefined)
    throw ambiguous(
      v4,
      `both the hooks "${other}" and "${hook}" convert ${field.fullName}`,
      "give their fields one hook, or name the field in one of them",
    );
  claimed.set(field, hook);
}
