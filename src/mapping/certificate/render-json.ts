import type { Location } from "../../diagnostics/index.js";
import type { Proof } from "../prove/proof.js";
import type { Certificate } from "./certificate.js";

/**
 * The certificate for programs: its own keys, `at` as path, line and column, and in front the version of this
 * shape, which changes when a key goes or changes its meaning. A trailing newline.
 * @see ../../../docs/map.md
 */
export function renderJson(certificate: Certificate, proof?: Proof): string {
  return `${JSON.stringify({ version: 1, ...certificate, ...(proof && { proof }) }, shorten, 2)}\n`;
}

function shorten(key: string, value: unknown): unknown {
  if (key !== "at") return value;
  const { path, startLine, startColumn } = value as Location;
  return { path, line: startLine, column: startColumn };
}
