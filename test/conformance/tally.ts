import type { DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { newerName } from "./renumber.js";

/** How far the generations differ. */
export interface Tally {
  readonly fields: number;
  /** Fields whose tags have more bytes in v4, and those whose tags have fewer. */
  readonly longer: number;
  readonly shorter: number;
  /** Full names of fields that have the same number in both. */
  readonly kept: readonly string[];
}

/** Counts the fields of all messages that have a newer generation. */
export function tally(registry: Registry): Tally {
  const pairs = [...registry].flatMap((type) => (type.kind === "message" ? fieldPairs(type, registry) : []));
  const growth = pairs.map(({ v3, v4 }) => tagLength(v4) - tagLength(v3));
  const kept = pairs.filter(({ v3, v4 }) => v3.number === v4.number);
  return {
    fields: pairs.length,
    longer: growth.filter((bytes) => bytes > 0).length,
    shorter: growth.filter((bytes) => bytes < 0).length,
    kept: kept.map(({ v3 }) => `${v3.parent.typeName}.${v3.name}`),
  };
}

interface FieldPair {
  readonly v3: DescField;
  readonly v4: DescField;
}

function fieldPairs({ file, typeName, fields }: DescMessage, registry: Registry): readonly FieldPair[] {
  const newer = registry.getMessage(newerName(typeName, file.proto.package));
  return newer === undefined
    ? []
    : fields.map((v3) => ({ v3, v4: newer.fields.find(({ name }) => name === v3.name)! }));
}

/** Seven bits a byte, of which the first has three of the wire type. */
function tagLength({ number }: DescField): number {
  return Math.ceil((32 - Math.clz32(number) + 3) / 7);
}
