export { compileFilePlan, compilePlan, type FilePlan } from "./compile-plan.js";
export { whyNotFill } from "./fill.js";
export { findElder } from "./find-elder.js";
export { type MapOptions, mapSchema } from "./map-schema.js";
export type * from "./mapping.js";
export { needsHooks } from "./needs-hooks.js";
