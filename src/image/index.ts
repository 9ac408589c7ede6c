export { type AffectedFiles, affectedFiles } from "./affected.js";
export { exportSources } from "./export-sources.js";
export type { FileSlice, Image } from "./image.js";
export { loadImage } from "./load-image.js";
export { imageFromRequest } from "./request.js";
export type { BufOptions } from "./run-buf.js";
export { sliceFile, sliceImage } from "./slice-image.js";
export { sourcePaths } from "./source-paths.js";
export { withImports } from "./with-imports.js";
