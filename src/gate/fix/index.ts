export { type FixingOptions, type LoadedSources, loadFixing, shownFrom } from "./load-fixing.js";
export { type FixedSource, type Fixing, type FixResult, makeFixes, type SourceText } from "./make-fixes.js";
export type { Unfixed } from "./merge-fixes.js";
