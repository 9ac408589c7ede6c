export { applyFixes, type FixedText } from "./apply-fixes.js";
export type { Refusal as RefusedFix } from "./draft.js";
export type { TextEdit } from "./text-edit.js";
export { unifiedDiff } from "./unified-diff.js";
