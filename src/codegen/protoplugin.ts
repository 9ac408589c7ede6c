import { createRequire } from "node:module";

/**
 * What generates files beside those of protoc-gen-es, with its names, imports and options. It is required, not
 * imported: it brings the TypeScript compiler, which Node would scan for a second to find its exports.
 */
export const { createEcmaScriptPlugin, safeIdentifier }: typeof import("@bufbuild/protoplugin") =
  createRequire(import.meta.url)("@bufbuild/protoplugin");
