import type { Image } from "../../src/image/index.js";
import type { Family } from "./family.js";
import { mapFamily, type Refusal } from "./map-family.js";
import { type Proof, proveFamily } from "./prove-family.js";

/** What there is to tell of a family. */
export interface Outcome {
  readonly family: Family;
  readonly annotations: readonly string[];
  readonly refusals: readonly Refusal[];
  /** Of messages, by what a round trip gives back. Empty where no message of the one has a counterpart in the other. */
  readonly contracts: Readonly<Record<string, number>>;
  /** Only where all maps. */
  readonly proof?: Proof;
}

/** Maps a family and, where all of it maps, proves it. */
export function judge(image: Image, family: Family, runs: number): Outcome {
  const { draft, mapping, annotations, refusals } = mapFamily(image, family);
  const contracts: Record<string, number> = {};
  for (const { v4, contract } of mapping?.messages ?? [])
    if (!v4.mapEntry) contracts[contract] = (contracts[contract] ?? 0) + 1;
  const outcome = { family, annotations, refusals, contracts };
  if (refusals.length > 0 || mapping === undefined || mapping.messages.length === 0) return outcome;
  return { ...outcome, proof: proveFamily(draft, mapping, { runs }) };
}

/** In one word. */
export type Verdict = "maps" | "maps annotated" | "refused" | "nothing in common";

export function verdictOf({ annotations, refusals, contracts }: Outcome): Verdict {
  if (refusals.length > 0) return "refused";
  if (Object.keys(contracts).length === 0) return "nothing in common";
  return annotations.length > 0 ? "maps annotated" : "maps";
}
