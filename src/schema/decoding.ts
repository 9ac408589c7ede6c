import { Proto4Error } from "../diagnostics/index.js";
import { WireError } from "../wire/index.js";

/**
 * Decodes something of a file.
 * @throws Proto4Error "image-corrupt" when `decode` throws a WireError
 */
export function decoding<T>(path: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error("image-corrupt", "this file of the image does not decode; build the image again", {
      location: { path },
      cause,
    });
  }
}
