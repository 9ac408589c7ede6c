import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBuf } from "../../src/image/find-buf.js";

export const project = fileURLToPath(new URL("../..", import.meta.url));

/** The plug-in as built: `npm test` builds before it tests. */
export const plugin = join(project, "dist/plugins/protoc-gen-proto4.js");

export const buf = findBuf();
