export { type Annotation, toAnnotation } from "./annotation.js";
export { reportJson } from "./json.js";
export { type BufFormat, bufFormats, type Format, formats, printLikeBuf, report } from "./report.js";
export type { ReportContext } from "./report-context.js";
export { reportText } from "./text.js";
