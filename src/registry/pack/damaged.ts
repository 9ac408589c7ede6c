import { Proto4Error } from "../../diagnostics/index.js";

/** That a blob is no pack, or does not follow the one before it. @param digest the blob's */
export function damaged(digest: string, what: string, cause?: unknown): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `the blob ${digest} is no pack that can be read: ${what}; restore the store from a backup`,
    { cause },
  );
}
