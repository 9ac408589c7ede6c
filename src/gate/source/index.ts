export { applyFixes, openSource } from "./apply-fixes.js";
export { unifiedDiff } from "./unified-diff.js";
