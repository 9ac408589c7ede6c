export { type FixingOptions, type LoadedSources, loadFixing, shownFrom } from "./load-fixing.js";
export { type FixResult, type FixedSource, type Fixing, makeFixes, type SourceText } from "./make-fixes.js";
export type { Unfixed } from "./merge-fixes.js";
