import { type DescMessage, fromBinary, fromJson, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import { compilePlan, type Mapping, mapSchema } from "../../src/mapping/index.js";
import { createTranslator, type Plan, type Translator } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";
import { type Pair, sourcesOf } from "../mapping/pair.js";

/** Two generations of a message M, with the stubs that their owners would have. */
export interface LoadedPair {
  readonly mapping: Mapping;
  readonly plan: Plan;
  readonly translator: Translator;
  readonly v3: Stub;
  readonly v4: Stub;
}

/** What a program does that has the stub of one generation. */
interface Stub {
  readonly desc: DescMessage;
  write(json: JsonValue): Uint8Array;
  read(bytes: Uint8Array): JsonValue;
  /** Reads bytes, changes fields, and writes what it has, unknown fields included. */
  edit(bytes: Uint8Array, fields: Readonly<Record<string, unknown>>): Uint8Array;
}

/** @throws Proto4Error when the pair cannot be mapped */
export async function loadPair(pair: Pair): Promise<LoadedPair> {
  const { schema, registry } = await compile(Object.fromEntries(sourcesOf(pair, 0)));
  const mapping = mapSchema(schema, { v4: "case0.v4" })!;
  const plan = compilePlan(mapping);
  const stub = (side: string): Stub => {
    const desc = registry.getMessage(`case0.${side}.M`)!;
    return {
      desc,
      write: (json) => toBinary(desc, fromJson(desc, json, { registry })),
      read: (bytes) => toJson(desc, fromBinary(desc, bytes), { registry }),
      edit: (bytes, fields) => toBinary(desc, Object.assign(fromBinary(desc, bytes), fields)),
    };
  };
  return { mapping, plan, translator: createTranslator(plan, "case0.v3.M"), v3: stub("v3"), v4: stub("v4") };
}

/** What a pair is refused with. */
export async function refusalOf(pair: Pair): Promise<string> {
  const { schema } = await compile(Object.fromEntries(sourcesOf(pair, 0)));
  try {
    mapSchema(schema, { v4: "case0.v4" });
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return "accepted";
}

export const trust = { stash: "trust" } as const;
