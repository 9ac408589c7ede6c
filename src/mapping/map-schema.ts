import type { Enum, Message, Schema, Service } from "../schema/index.js";
import { makeFieldsOf } from "./declared-fields.js";
import type { FieldContext } from "./field-context.js";
import { findElder, requirePackage } from "./find-elder.js";
import { checkMessageSet, settleIdentity } from "./identity.js";
import { mapEnum } from "./map-enum.js";
import { mapMasks } from "./map-masks.js";
import { mapMessages } from "./map-messages.js";
import { checkServiceEnd, mapService } from "./map-service.js";
import type { EnumMapping, Mapping, MessageMapping, ServiceMapping } from "./mapping.js";
import { declaredIn, makePairing, type Paired } from "./pairing.js";
import { collectProblems } from "./problems.js";
import { makeReachesAny } from "./reach.js";

/** The packages to pair, by full name. */
export interface MapOptions {
  readonly v4: string;
  /** By default the one that `(proto4.upgrades)` names, else the next lower version. */
  readonly v3?: string;
}

/**
 * Pairs the elements of a package with those of its elder generation.
 * @returns `undefined` where the package has no elder generation in the schema
 * @throws Proto4Error "generation-missing", "mapping-ambiguous", "mapping-loss", "mapping-unsupported"; where more
 *   than one thing is in the way, with all of them under `problems`
 */
export function mapSchema(schema: Schema, options: MapOptions): Mapping | undefined {
  const { v4 } = options;
  requirePackage(schema, v4);
  const v3 = options.v3 ?? findElder(schema, v4);
  if (v3 === undefined) return undefined;
  requirePackage(schema, v3);
  const problems = collectProblems();
  const pairing = makePairing(schema, new Map([[v4, v3]]));
  const fieldsOf = makeFieldsOf(schema);
  const reachesAny = makeReachesAny(schema, fieldsOf);
  const context = { pairing, problems, fieldsOf, reachesAny, enumOf: rememberEnums() };
  const mapping = mapPaired({ schema, v3, v4 }, context);
  for (const message of mapping.messages) problems.attempt(() => checkMessageSet(message));
  problems.settle();
  return { ...mapping, messages: mapping.messages.map(withoutSetEntries) };
}

function mapPaired(packages: Pick<Mapping, "schema" | "v3" | "v4">, context: FieldContext): Mapping {
  const { problems, enumOf } = context;
  const declared = problems.attempt(() => pairAll(declaredIn(packages.schema, packages.v4), context)) ?? [];
  const ofKind = <E extends Paired>(is: (element: Paired) => element is E) =>
    declared.flatMap(({ v3, v4 }) => (is(v3) && is(v4) ? [{ v3, v4 }] : []));
  for (const service of declaredIn(packages.schema, packages.v3).filter(isService))
    if (!declared.some(({ v3 }) => v3 === service))
      problems.attempt(() => checkServiceEnd(service, packages.v4));
  const services = ofKind(isService).flatMap(
    (pair) => problems.attempt(() => mapService(pair.v3, pair.v4, context)) ?? [],
  );
  const shared = services.flatMap((service) => sharedIn(service, context));
  const messages = settleIdentity(mapMasks(mapMessages([...ofKind(isMessage), ...shared], context)));
  const enums = ofKind(isEnum).flatMap((pair) => problems.attempt(() => enumOf(pair.v3, pair.v4)) ?? []);
  return { ...packages, messages, enums, services };
}

interface Pair {
  readonly v3: Paired;
  readonly v4: Paired;
}

function pairAll(newer: readonly Paired[], { pairing }: FieldContext): readonly Pair[] {
  return newer.flatMap((v4) => {
    const v3 = pairing.elderOf(v4);
    return v3 === undefined ? [] : { v3, v4 };
  });
}

/** Messages of requests and answers that both generations use, and in which payloads change. */
function sharedIn({ methods }: ServiceMapping, { pairing, reachesAny }: FieldContext) {
  const pairs = methods.flatMap(({ input, output }) => [input, output]);
  return pairs.flatMap(({ v3, v4 }) => {
    const message = v3 === v4 ? pairing.schema.declared.get(v4) : undefined;
    return message?.kind === "message" && reachesAny(message) ? [{ v3: message, v4: message }] : [];
  });
}

/** The extensions of a MessageSet are no fields of it on the wire. */
function withoutSetEntries(message: MessageMapping): MessageMapping {
  return message.v4.messageSet ? { ...message, entries: [] } : message;
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

const isMessage = (element: Paired): element is Message => element.kind === "message";
const isEnum = (element: Paired): element is Enum => element.kind === "enum";
const isService = (element: Paired): element is Service => element.kind === "service";
