export type { FileSlice, Image } from "./image.js";
export { sliceFile, sliceImage } from "./slice-image.js";
