import { type Field, fileOf } from "../schema/index.js";
import { absentOf } from "./absent.js";
import { convertValue } from "./convert-value.js";
import type { FieldContext } from "./field-context.js";
import type { FieldPair, PairedFields } from "./field-pair.js";
import { lossOf, worst } from "./loss-of.js";
import { mapOf } from "./map-of.js";
import type { Conversion, PairedEntry } from "./mapping.js";
import { unsupported } from "./refuse.js";
import { vanishedValues } from "./vanished-values.js";

/**
 * How a field becomes the one it is paired with.
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function mapField(pair: PairedFields, context: FieldContext): PairedEntry {
  const { v3, v4, pairedBy } = pair;
  const conversion = requireConversion(pair, context);
  const absent = mapOf(v4) === undefined ? absentOf(pair, conversion, context) : undefined;
  const counted = v3.cardinality !== v4.cardinality && mapOf(v4) === undefined;
  const vanished = vanishedValues(pair, context);
  const values = lossOf(conversion, pair, context.pairing.schema);
  const loss = vanished.length === 0 ? values : worst("PRISM", values);
  // An implicit zero that moved is no less than a value that did.
  const exact = !counted && (absent === undefined || v4.cardinality === "implicit") && !hasDefault(v4);
  return {
    kind: "paired",
    v3,
    v4,
    conversion,
    counted,
    ...(absent === undefined ? {} : { absent }),
    pairedBy,
    ...(vanished.length === 0 ? {} : { vanished }),
    loss: exact ? loss : worst("LENS", loss),
  };
}

/** @throws Proto4Error "mapping-unsupported" where values of the one do not turn into values of the other */
export function requireConversion(pair: FieldPair, context: FieldContext): Conversion {
  const { v3, v4 } = pair;
  if ((v3.cardinality === "map") !== (v4.cardinality === "map"))
    throw unsupported(
      v4,
      `${v4.fullName} is ${words[v4.cardinality]}, ${v3.fullName} is ${words[v3.cardinality]}`,
      `make it ${words[v3.cardinality]} here too, or begin a new field under another name and number and declare ${v3.name} DEPRECATED`,
    );
  const conversion = convertValue(pair, context);
  if (conversion === undefined) throw changesType(pair, context);
  return conversion;
}

function hasDefault({ lifecycle }: Field): boolean {
  return lifecycle.terms.bridgeDefault !== undefined;
}

function changesType({ v3, v4 }: FieldPair, context: FieldContext): Error {
  const { declared } = context.pairing.schema;
  const [elder, newer] = [declared.get(v3.typeName ?? ""), declared.get(v4.typeName ?? "")];
  if (v4.cardinality === "map" && elder?.kind === "message" && newer?.kind === "message") {
    const stuck = [1, 2]
      .map((number) => ({ v3: elder.fieldByNumber.get(number)!, v4: newer.fieldByNumber.get(number)! }))
      .find((pair) => convertValue(pair, context) === undefined);
    return unsupported(
      v4,
      `the ${stuck?.v4.name} of the map ${v4.fullName} is ${describe(stuck?.v4)}, that of ${v3.fullName} is ${describe(stuck?.v3)}`,
      `keep its type, or begin a new field under another name and number and declare ${v3.name} DEPRECATED`,
    );
  }
  const isOwn =
    newer !== undefined && elder?.kind === newer.kind && fileOf(newer).package === v4.file.package;
  const was = isOwn
    ? `write (proto4.${newer.kind}_terms) = {was: "${elder.fullName}"} on ${newer.fullName} if it continues it`
    : "keep the type";
  return unsupported(
    v4,
    `${v4.fullName} is ${describe(v4)}, ${v3.fullName} is ${describe(v3)}`,
    `${was}, or begin a new field under another name and number and declare ${v3.name} DEPRECATED`,
  );
}

function describe(field: Field | undefined): string {
  return field?.typeName ?? field?.type ?? "";
}

const words: Readonly<Record<Field["cardinality"], string>> = {
  implicit: "singular without presence",
  explicit: "optional",
  required: "required",
  repeated: "repeated",
  map: "a map",
};
