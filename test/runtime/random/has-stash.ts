import { WireReader } from "../../../src/wire/index.js";

/** Whether the message itself holds a stash. */
export function hasStash(bytes: Uint8Array): boolean {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag >>> 3 === 19404) return true;
    reader.skip(tag);
  }
  return false;
}
