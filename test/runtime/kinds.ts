import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DescMessage } from "@bufbuild/protobuf";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import { createTranslator, type Plan, type Translator } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";

/** The fixture with every kind of entry: its stubs and its translator. */
export interface Kinds {
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly profile: DescMessage;
  readonly plan: Plan;
  readonly translator: Translator;
}

export async function loadKinds(): Promise<Kinds> {
  const { schema, registry } = await compile({
    "kinds/v3/record.proto": read("v3/record.proto"),
    "kinds/v4/record.proto": read("v4/record.proto"),
  });
  const plan = compilePlan(mapSchema(schema, { v4: "kinds.v4" })!);
  return {
    v3: registry.getMessage("kinds.v3.Record")!,
    v4: registry.getMessage("kinds.v4.Record")!,
    profile: registry.getMessage("kinds.v4.ProfileV2")!,
    plan,
    translator: createTranslator(plan, "kinds.v3.Record"),
  };
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`kinds/${path}`, import.meta.url)), "utf8");
}
