import type { DescMessage, FileRegistry } from "@bufbuild/protobuf";
import fc from "fast-check";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { compilePlan, type Mapping, mapSchema } from "../../../src/mapping/index.js";
import { createTranslator, type Plan, type Translator } from "../../../src/runtime/index.js";
import { compile } from "../../mapping/compile.js";
import { type Pair, sourcesOf } from "../../mapping/pair.js";
import { messageNames, randomPair } from "./draw-pair.js";

/** Pairs of contracts, compiled and mapped. */
export interface RandomCases {
  readonly accepted: readonly RandomCase[];
  readonly refused: readonly { readonly sources: string; readonly error: Proto4Error }[];
}

export interface RandomCase {
  /** What the packages' names begin with. */
  readonly name: string;
  /** Both files, for whoever reads a failure. */
  readonly sources: string;
  readonly mapping: Mapping;
  readonly plan: Plan;
  readonly registry: FileRegistry;
  readonly messages: readonly RandomMessage[];
}

export interface RandomMessage {
  readonly name: string;
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly translator: Translator;
}

/** The same pairs for the same seed. */
export async function loadRandomCases(count: number, seed: number): Promise<RandomCases> {
  const pairs = fc.sample(randomPair, { numRuns: count, seed });
  const files = Object.fromEntries(pairs.flatMap((pair, index) => sourcesOf(pair, index)));
  const { schema, registry } = await compile(files);
  const accepted: RandomCase[] = [];
  const refused: { sources: string; error: Proto4Error }[] = [];
  for (const [index, pair] of pairs.entries()) {
    const sources = tellSources(pair, index);
    try {
      const mapping = mapSchema(schema, { v4: `case${index}.v4` })!;
      accepted.push(caseOf(`case${index}`, sources, mapping, registry));
    } catch (error) {
      if (!(error instanceof Proto4Error))
        throw new Error(`no pair may fail so:\n${sources}`, { cause: error });
      refused.push({ sources, error });
    }
  }
  return { accepted, refused };
}

function caseOf(name: string, sources: string, mapping: Mapping, registry: FileRegistry): RandomCase {
  const plan = compilePlan(mapping);
  const messages = messageNames.map((message) => ({
    name: message,
    v3: registry.getMessage(`${name}.v3.${message}`)!,
    v4: registry.getMessage(`${name}.v4.${message}`)!,
    translator: createTranslator(plan, `${name}.v3.${message}`),
  }));
  return { name, sources, mapping, plan, registry, messages };
}

function tellSources(pair: Pair, index: number): string {
  return sourcesOf(pair, index)
    .map(([path, text]) => `// ${path}\n${text}`)
    .join("\n");
}
