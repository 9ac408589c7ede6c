export { type Category, type CheckOptions, check, type Finding, type Severity } from "./gate/index.js";
export { type FileSlice, type Image, loadImage } from "./image/index.js";
