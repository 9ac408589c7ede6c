export type { Change, ChangeKind, ChangeOf } from "./change.js";
export { diffSchema } from "./diff-schema.js";
export { survivor } from "./survivor.js";
