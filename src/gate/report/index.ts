export { type Annotation, toAnnotation } from "./annotation.js";
export { reportJson } from "./json.js";
export { type Format, formats, printLikeBuf, report } from "./report.js";
export { reportText } from "./text.js";
