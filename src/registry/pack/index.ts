export type { FoundSymbol, ResolvedName } from "./find-symbols.js";
export { isInside } from "./is-inside.js";
export { type DraftList, type FileList, type ListedFile, listFiles, type PackFile } from "./list-files.js";
export type { PackBlob } from "./open-pack.js";
export { type OpenVersion, openPacks } from "./open-packs.js";
export { type Packed, packBase, packDelta } from "./pack-files.js";
export { shouldRebase } from "./should-rebase.js";
export { verifyPacks } from "./verify-packs.js";
