export type { Change, ChangeKind, ChangeOf } from "./change.js";
export { defaultOf, sameDefault } from "./default-value.js";
export { diffSchema } from "./diff-schema.js";
export { diffUnjudged } from "./diff-unjudged.js";
export { missingFrom } from "./ranges.js";
export { survivor } from "./survivor.js";
