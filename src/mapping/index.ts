export type * from "./certificate/certificate.js";
export { certify, selectMessages } from "./certificate/certify.js";
export { type CertificateFormat, certificateFormats, renderCertificate } from "./certificate/render.js";
export { compileFilePlan, compilePlan, type FilePlan } from "./compile-plan.js";
export { whyNotFill } from "./fill.js";
export { findElder, requirePackage } from "./find-elder.js";
export { type MapOptions, mapSchema } from "./map-schema.js";
export type * from "./mapping.js";
export { needsHooks } from "./needs-hooks.js";
