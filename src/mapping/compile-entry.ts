import type { ElementPlan, EntryPlan, FieldPlan, OnlyPlan } from "../runtime/index.js";
import type { Field, Oneof, Schema } from "../schema/index.js";
import { entryDigest } from "./digest.js";
import { carriedField, readField, textField } from "./field-plan.js";
import { fieldsOf } from "./fields-of.js";
import type { Absent, Conversion, Entry, OnlyEntry, PairedEntry, RegroupEntry } from "./mapping.js";

/** What both generations write alike needs no entry. */
export function isSame(entry: Entry): boolean {
  return entry.kind === "paired" && isCarried(entry) && entry.conversion.kind === "copy" && !isMoved(entry);
}

export function compileEntry(entry: Entry, schema: Schema): readonly EntryPlan[] {
  switch (entry.kind) {
    case "paired":
      return [compilePaired(entry, schema)];
    case "replaced": {
      const [v3, v4, bridge] = [entry.v3, entry.v4, entry.bridge].map((field) =>
        readFor(field, entry.conversion, schema),
      );
      const digest = entryDigest("replaced", [entry.v3, entry.v4, entry.bridge]);
      const element = compileElement(entry.conversion, schema);
      return [{ kind: "replaced", digest, v3: v3!, v4: v4!, bridge: bridge!, element }];
    }
    case "oneof": {
      const members = entry.members.map(({ v3, v4, conversion }) => ({
        ...(v3 === undefined ? {} : { v3: readFor(v3, conversion, schema) }),
        ...(v4 === undefined ? {} : { v4: readFor(v4, conversion, schema) }),
        element: compileElement(conversion, schema),
      }));
      return [{ kind: "oneof", digest: entryDigest("oneof", bothSides(entry)), members }];
    }
    case "regroup":
      return [compileRegroup(entry, schema)];
    case "hook": {
      const [v3, v4] = [entry.v3, entry.v4].map((side) => side.map((field) => readField(field, schema)));
      const digest = entryDigest(`hook ${entry.name}`, bothSides(entry));
      return [{ kind: "hook", digest, name: entry.name, v3: v3!, v4: v4! }];
    }
    case "only":
      return [];
  }
}

export function compileOnly({ side, field, travels, absent }: OnlyEntry, schema: Schema): OnlyPlan {
  const isRead = travels || absent !== undefined;
  const digest = travels ? { digest: entryDigest("only", field.oneof?.fields ?? [field]) } : {};
  const given = absent === undefined ? {} : { absent: hex(absent) };
  const plan = isRead ? readField(field, schema) : carriedField(field, schema);
  // Elsewhere a oneof goes by the name that v4 has for it, which may be another one's in v3.
  const oneof = side === "v3" && plan.oneof !== undefined ? { oneof: `v3.${plan.oneof}` } : {};
  return {
    side,
    field: { ...plan, ...oneof },
    ...digest,
    ...given,
  };
}

/** Fields whose messages the engine has to look into as values. */
export function fieldsRead(entry: Entry): readonly Field[] {
  switch (entry.kind) {
    case "paired":
      return isSame(entry) || isStreamed(entry) ? [] : [entry.v3, entry.v4];
    case "replaced":
      return [entry.v3, entry.v4, entry.bridge];
    case "oneof":
    case "regroup":
    case "hook":
      return bothSides(entry);
    case "only":
      return entry.travels || entry.absent !== undefined ? [entry.field] : [];
  }
}

function compilePaired(entry: PairedEntry, schema: Schema): EntryPlan {
  const { v3, v4, conversion } = entry;
  const carried = { v3: carriedField(v3, schema, v4.oneof), v4: carriedField(v4, schema) };
  if (isStreamed(entry))
    return conversion.kind === "nested"
      ? { kind: "nested", ...carried, message: conversion.v3.fullName }
      : { kind: "renumber", ...carried };
  const read = (field: Field) => readFor(field, conversion, schema, v4.oneof);
  return {
    kind: "convert",
    digest: entryDigest(conversion.kind, [v3, v4]),
    v3: read(v3),
    v4: read(v4),
    element: compileElement(conversion, schema),
    ...compileAbsent(entry.absent),
  };
}

function compileRegroup(entry: RegroupEntry, schema: Schema): EntryPlan {
  const { side, holder } = entry;
  const fields = entry.members.flatMap(({ inner, flat }) => [inner, flat]);
  return {
    kind: "regroup",
    digest: entryDigest("regroup", [holder, ...fields]),
    side,
    holder: readField(holder, schema),
    members: entry.members.map(({ inner, flat, conversion }) => ({
      inner: readFor(inner, conversion, schema),
      flat: readFor(flat, conversion, schema),
      element: compileElement(conversion, schema),
    })),
  };
}

function readFor(field: Field, conversion: Conversion, schema: Schema, oneof?: Oneof): FieldPlan {
  const { kind } = conversion.kind === "wrap" ? conversion.inner : conversion;
  return kind === "text" ? textField(field, schema, oneof) : readField(field, schema, oneof);
}

function compileElement(conversion: Conversion, schema: Schema): ElementPlan {
  switch (conversion.kind) {
    case "nested":
      return { kind: "nested", message: conversion.v3.fullName };
    case "wrap": {
      const { side, value, inner } = conversion;
      return {
        kind: "wrap",
        side,
        value: readFor(value, inner, schema),
        element: compileElement(inner, schema),
      };
    }
    case "entry": {
      const { key, value } = conversion;
      return { kind: "entry", key: compileElement(key, schema), value: compileElement(value, schema) };
    }
    default:
      return conversion;
  }
}

function compileAbsent(absent: Absent | undefined) {
  if (absent === undefined) return {};
  const { v3, v4 } = absent;
  return {
    absent: {
      ...(v3 === undefined ? {} : { v3: hex(v3) }),
      ...(v4 === undefined ? {} : { v4: hex(v4) }),
    },
  };
}

/** Whether values keep their form, so that they need not be read. */
function isCarried({ counted, absent, conversion }: PairedEntry): boolean {
  return !counted && absent === undefined && (conversion.kind === "copy" || conversion.kind === "nested");
}

function isStreamed(entry: PairedEntry): boolean {
  return isCarried(entry) && !isSame(entry);
}

function isMoved({ v3, v4 }: PairedEntry): boolean {
  return v3.number !== v4.number;
}

function bothSides(entry: Entry): readonly Field[] {
  const { v3, v4 } = fieldsOf(entry);
  const inside = entry.kind === "regroup" ? entry.members.map(({ inner }) => inner) : [];
  return [...v3, ...v4, ...inside];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
