import type { Enum, Schema } from "../schema/index.js";
import { checkExtensions } from "./check-extensions.js";
import { checkFieldMasks } from "./check-field-masks.js";
import { findElder, requirePackage } from "./find-elder.js";
import { settleIdentity } from "./identity.js";
import { mapEnum } from "./map-enum.js";
import { mapMessages } from "./map-messages.js";
import { mapService } from "./map-service.js";
import type { EnumMapping, Mapping } from "./mapping.js";
import { declaredIn, makePairing, type Paired } from "./pairing.js";

/** The packages to pair, by full name. */
export interface MapOptions {
  readonly v4: string;
  /** By default the one that `(proto4.upgrades)` names, else the next lower version. */
  readonly v3?: string;
}

/**
 * Pairs the elements of a package with those of its elder generation. Messages inside `google.protobuf.Any`
 * belong to no field and are carried as they are.
 * @returns `undefined` where the package has no elder generation in the schema
 * @throws Proto4Error "generation-missing", "mapping-ambiguous", "mapping-loss", "mapping-unsupported"
 */
export function mapSchema(schema: Schema, options: MapOptions): Mapping | undefined {
  const { v4 } = options;
  requirePackage(schema, v4);
  const v3 = options.v3 ?? findElder(schema, v4);
  if (v3 === undefined) return undefined;
  requirePackage(schema, v3);
  const pairing = makePairing(schema, new Map([[v4, v3]]));
  const enumOf = rememberEnums();
  const declared = declaredIn(schema, v4);
  const pairsOf = <E extends Paired>(newer: readonly E[]) =>
    newer.flatMap((element) => {
      const elder = pairing.elderOf(element);
      return elder === undefined ? [] : { v3: elder, v4: element };
    });
  const messages = settleIdentity(mapMessages(pairsOf(declared.filter(isMessage)), { pairing, enumOf }));
  const enums = pairsOf(declared.filter(isEnum)).map((pair) => enumOf(pair.v3, pair.v4));
  const services = pairsOf(declared.filter(isService)).map((pair) => mapService(pair.v3, pair.v4, pairing));
  const mapping: Mapping = { schema, v3, v4, messages, enums, services };
  checkExtensions(schema, mapping);
  checkFieldMasks(schema, mapping);
  return mapping;
}

/** Fields of many messages ask for the same enum. */
function rememberEnums(): (v3: Enum, v4: Enum) => EnumMapping {
  const known = new Map<Enum, EnumMapping>();
  return (v3, v4) => {
    const mapping = known.get(v4) ?? mapEnum(v3, v4);
    known.set(v4, mapping);
    return mapping;
  };
}

const isMessage = (element: Paired) => element.kind === "message";
const isEnum = (element: Paired) => element.kind === "enum";
const isService = (element: Paired) => element.kind === "service";
