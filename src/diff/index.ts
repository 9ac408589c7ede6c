export type { Change, ChangeKind } from "./change.js";
