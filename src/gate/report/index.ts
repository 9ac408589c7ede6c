export { type Annotation, toAnnotation } from "./annotation.js";
export { reportJson } from "./json.js";
export { escapeMarkdown } from "./markdown/escape.js";
export { type BufFormat, bufFormats, type Format, formats, printLikeBuf, report } from "./report.js";
export type { FileEdits, ReportContext, Sources } from "./report-context.js";
export { toLines } from "./source/source-line.js";
export { reportText } from "./text.js";
