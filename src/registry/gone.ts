import { Proto4Error } from "../diagnostics/index.js";
import { type Blob, loadBlobs, makeBlob } from "./blobs.js";
import type { Registry } from "./registry.js";
import { encodeRecord, type Gone, isGone, isList, type VersionRecord } from "./store/records.js";

/** How a record has the names that left, and the blob that it needs for that. */
export interface PlacedGone {
  readonly record: Pick<VersionRecord, "gone" | "goneIn">;
  readonly blobs: readonly Blob[];
}

/**
 * Puts names that left into the version's record, or into a blob: a value of a store is too small for thousands, and
 * whoever reads the subject reads its records.
 */
export function placeGone(gone: readonly Gone[]): PlacedGone {
  const bytes = encodeRecord(gone);
  if (bytes.length <= mostBytes) return { record: { gone }, blobs: [] };
  const blob = makeBlob(bytes);
  return { record: { gone: [], goneIn: blob.digest }, blobs: [blob] };
}

/** @throws Proto4Error "store-invalid" when their blob is missing or damaged */
export async function loadGone(
  registry: Registry,
  { gone, goneIn }: Pick<VersionRecord, "gone" | "goneIn">,
): Promise<readonly Gone[]> {
  if (goneIn === undefined) return gone;
  const [bytes] = await loadBlobs(registry, [goneIn]);
  return readGone(bytes!, goneIn);
}

/** @param digest of the bytes. @throws Proto4Error "store-invalid" */
export function readGone(bytes: Uint8Array, digest: string): readonly Gone[] {
  try {
    const names: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isList(names, isGone)) return names;
  } catch {}
  throw new Proto4Error(
    "store-invalid",
    `the blob ${digest} should hold the names that left with a version, and holds something else: "proto4 registry fsck" says what needs it`,
  );
}

/** Digests of all blobs that a version needs. */
export function blobsOf({ packs, goneIn }: Pick<VersionRecord, "packs" | "goneIn">): readonly string[] {
  return goneIn === undefined ? packs : [...packs, goneIn];
}

/** Some of a transaction's bytes. */
const mostBytes = 65_536;
