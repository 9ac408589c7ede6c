export { findingEdits } from "./finding-edits.js";
export { type FixedSource, type FixResult, keyOf } from "./fixing.js";
export { type LoadedSources, loadFixing } from "./load-fixing.js";
export { makeFixes } from "./make-fixes.js";
