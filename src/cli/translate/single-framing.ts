import type { Framing } from "./frame.js";
import { collectParts } from "./parts.js";

/** The whole input is one message; so is an empty one, which has no field set. */
export function singleFraming(maxBytes: number): Framing {
  const parts = collectParts(maxBytes);
  return {
    read(chunk) {
      parts.add(chunk);
      return [];
    },
    *end() {
      const bytes = parts.take();
      const place = { ordinal: 1, offset: 0 };
      const problem =
        `the input has ${parts.length} bytes, and --max-bytes allows ${maxBytes}; ` +
        "where it holds many messages, --format says how they are set apart";
      yield bytes === undefined ? { place, problem } : { place, bytes };
    },
  };
}
