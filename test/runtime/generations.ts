import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DescMessage } from "@bufbuild/protobuf";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import type { Plan } from "../../src/runtime/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "../mapping/compile.js";

/** The fixture of four generations. */
export interface Generations {
  readonly schema: Schema;
  /** Order, of each generation from the eldest on. */
  readonly orders: readonly DescMessage[];
  /** From each generation but the last to the next. */
  readonly plans: readonly Plan[];
}

export async function loadGenerations(): Promise<Generations> {
  const versions = ["v1", "v2", "v3", "v4"];
  const { schema, registry } = await compile(
    Object.fromEntries(
      versions.map((version) => [`chain/${version}/order.proto`, read(`${version}/order.proto`)]),
    ),
  );
  return {
    schema,
    orders: versions.map((version) => registry.getMessage(`chain.${version}.Order`)!),
    plans: versions.slice(1).map((version) => compilePlan(mapSchema(schema, { v4: `chain.${version}` })!)),
  };
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`chain/${path}`, import.meta.url)), "utf8");
}
