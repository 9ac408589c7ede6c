import type { Enum, Field, Message, Schema } from "../../schema/index.js";
import type { Conversion } from "../mapping.js";
import { enumLoss, type Losses } from "./enum-loss.js";
import { numberLoss } from "./number-loss.js";

/** The fields, or the keys or values of maps, that a conversion stands between. */
interface Ends {
  readonly v3: Field;
  readonly v4: Field;
}

/** What the values of a field lose where they become those of another; presence and label are not its concern. */
export function conversionLoss(conversion: Conversion, ends: Ends, schema: Schema): Losses {
  const { v3, v4 } = ends;
  switch (conversion.kind) {
    case "copy":
    case "nested":
      return {};
    case "mask":
      return {};
    case "number":
      return { up: numberLoss(v3.type, v4.type), down: numberLoss(v4.type, v3.type) };
    case "enum":
      return enumLoss(enumOf(v3, schema), enumOf(v4, schema), conversion.values);
    case "text":
      return { up: textLoss(v4), down: textLoss(v3) };
    case "blob":
      return { up: blobLoss(v3, v4), down: blobLoss(v4, v3) };
    case "wrap":
      return wrapLoss(conversion, ends, schema);
    case "time":
      return timeLoss(conversion, ends);
    case "entry":
      return entryLoss(conversion, ends, schema);
  }
}

function enumOf({ typeName }: Field, schema: Schema): Enum {
  return schema.elements.get(typeName!) as Enum;
}

/** Bytes may be anything, and so may text that nobody validates. */
function textLoss(to: Field): string | undefined {
  const validates = to.type === "string" && to.features.utf8Validation === "VERIFY";
  return validates ? "bytes that are not UTF-8" : undefined;
}

function blobLoss(from: Field, to: Field): string | undefined {
  return from.type === "bytes" ? `bytes that are no ${to.typeName}` : undefined;
}

function wrapLoss(
  { side, value, inner }: Conversion & { kind: "wrap" },
  { v3, v4 }: Ends,
  schema: Schema,
): Losses {
  const [holder, bare] = side === "v3" ? [v3, v4] : [v4, v3];
  const ends = side === "v3" ? { v3: value, v4 } : { v3, v4: value };
  const within = conversionLoss(inner, ends, schema);
  const unset = bare.cardinality === "implicit" ? "a zero that is set, which reads as unset" : undefined;
  const unwrapping = joined(unset, `unknown fields in ${holder.typeName}`);
  return side === "v3"
    ? { up: joined(within.up, unwrapping), down: within.down }
    : { up: within.up, down: joined(within.down, unwrapping) };
}

function timeLoss({ side, unit }: Conversion & { kind: "time" }, { v3, v4 }: Ends): Losses {
  const holder = side === "v3" ? v3 : v4;
  const counting = joined(
    unit === "ns" ? "times that 64 bits of nanoseconds cannot hold" : `what is finer than ${units[unit]}`,
    "a zero, which reads as unset where the integer has no presence",
  );
  const telling = `counts beyond the years that ${holder.typeName} knows`;
  return side === "v3" ? { up: counting, down: telling } : { up: telling, down: counting };
}

const units = { s: "a second", ms: "a millisecond", us: "a microsecond" } as const;

function entryLoss({ key, value }: Conversion & { kind: "entry" }, { v3, v4 }: Ends, schema: Schema): Losses {
  const [entry3, entry4] = [v3, v4].map(({ typeName }) => schema.elements.get(typeName!) as Message);
  const part = (number: number, conversion: Conversion) =>
    conversionLoss(
      conversion,
      { v3: entry3!.fieldByNumber.get(number)!, v4: entry4!.fieldByNumber.get(number)! },
      schema,
    );
  const [keys, values] = [part(1, key), part(2, value)];
  return {
    up: joined(prefixed("keys: ", keys.up), prefixed("values: ", values.up)),
    down: joined(prefixed("keys: ", keys.down), prefixed("values: ", values.down)),
  };
}

/** Several losses in one sentence. */
export function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const told = parts.filter((part) => part !== undefined);
  return told.length === 0 ? undefined : told.join("; ");
}

function prefixed(prefix: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${prefix}${text}`;
}
