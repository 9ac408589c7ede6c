import { Proto4Error } from "../diagnostics/index.js";
import { isInside } from "./pack/index.js";
import { isDigest } from "./store/records.js";

/** The files of a version, each by its digests, in the order of the image. */
export interface Manifest {
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  readonly path: string;
  readonly isImport: boolean;
  /** Of the descriptor, verbatim. */
  readonly descriptor: string;
  /** Of the source text; imports, and what was pushed as an image, have none. */
  readonly source?: string | undefined;
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** @throws Proto4Error "store-invalid" when it is no manifest or a path leads out of a folder */
export function decodeManifest(bytes: Uint8Array, digest: string): Manifest {
  const { files } = parse(bytes) as { readonly files?: unknown };
  if (Array.isArray(files) && files.every(isFile)) return { files };
  throw new Proto4Error("store-invalid", `the blob ${digest} is no manifest that this proto4 can read`);
}

function isFile(value: unknown): value is ManifestFile {
  const { path, isImport, descriptor, source } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const known = typeof path === "string" && isInside(path) && typeof isImport === "boolean";
  return known && isDigest(descriptor) && (source === undefined || isDigest(source));
}

function parse(bytes: Uint8Array): object {
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}
