import type { Mapping } from "../mapping.js";
import type { Proof } from "./proof.js";
import type { ProveOptions } from "./prove-options.js";

/**
 * Proves on generated messages that each pair keeps its contract: there and back directly and through stubs, with
 * edits on the other side, and value by value against plain conversion.
 */
export async function prove(mapping: Mapping, options: ProveOptions): Promise<Proof> {
  // The generators take longer to load than most commands to run.
  const { runProof } = await import("./run-proof.js");
  return runProof(mapping, options);
}
