/** Bytes that come in piece by piece. */
export interface Parts {
  /** How many came, those that were let go included. */
  readonly length: number;
  add(part: Uint8Array): void;
  /** All in one piece, without a copy where it came so; `undefined` where they were more than the limit. */
  take(): Uint8Array | undefined;
}

/**
 * Collects at most `limit` bytes. Beyond it all are let go and only counted: an input cannot make us keep more
 * than the limit, whatever it says of itself.
 */
export function collectParts(limit: number): Parts {
  let parts: Uint8Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(part) {
      length += part.length;
      if (length > limit) parts = [];
      else if (part.length > 0) parts.push(part);
    },
    take() {
      if (length > limit) return undefined;
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
    },
  };
}
