import type { Frame, Framing } from "./frame.js";
import { collectParts, type Parts } from "./parts.js";

/**
 * Messages with their length before each, as protobuf libraries write streams. A longer one than `maxBytes` is
 * passed over without being kept.
 * @see https://protobuf.dev/programming-guides/techniques/#streaming
 */
export function delimitedFraming(maxBytes: number): Framing {
  let base = 0; // bytes of the chunks before
  let ordinal = 0;
  let prefix = readPrefix();
  let body: Body | undefined;
  const begin = (offset: number, size: number): Body => {
    prefix = readPrefix();
    ordinal++;
    return { ordinal, offset, size, parts: collectParts(size > maxBytes ? 0 : maxBytes) };
  };
  return {
    *read(chunk) {
      for (let pos = 0; pos < chunk.length; ) {
        if (body === undefined) {
          const size = prefix.add(chunk[pos++]!);
          if (prefix.isOverlong) return yield noLength(ordinal + 1, base + pos - prefix.count);
          if (size === undefined) continue;
          body = begin(base + pos, size);
        }
        const end = Math.min(chunk.length, pos + body.size - body.parts.length);
        body.parts.add(chunk.subarray(pos, end));
        pos = end;
        if (body.parts.length < body.size) continue;
        yield finish(body, maxBytes);
        body = undefined;
      }
      base += chunk.length;
    },
    *end() {
      if (body !== undefined) yield cutShort(body);
      else if (prefix.count > 0)
        yield {
          place: { ordinal: ordinal + 1, offset: base - prefix.count },
          problem: "the input ends inside the length before it",
        };
    },
  };
}

interface Body {
  readonly ordinal: number;
  readonly offset: number;
  readonly size: number;
  readonly parts: Parts;
}

function finish({ ordinal, offset, size, parts }: Body, maxBytes: number): Frame {
  const bytes = parts.take();
  const place = { ordinal, offset };
  return bytes === undefined ? { place, problem: tooLong(size, maxBytes) } : { place, bytes };
}

function cutShort({ ordinal, offset, size, parts }: Body): Frame {
  const problem = `${size} bytes are announced and ${parts.length} are there: the input is cut short, or not delimited`;
  return { place: { ordinal, offset }, problem };
}

function tooLong(size: number, maxBytes: number): string {
  return `it has ${size} bytes, and --max-bytes allows ${maxBytes}`;
}

function noLength(ordinal: number, offset: number): Frame {
  return {
    place: { ordinal, offset },
    problem:
      "there is no length before it: the input is not delimited (--format says what it is), or damaged",
    isLost: true,
  };
}

/** Reads a varint byte by byte: a chunk may end in it. */
function readPrefix() {
  let value = 0;
  let count = 0;
  let isOverlong = false;
  return {
    get count() {
      return count;
    },
    /** Whether it goes on past the 10 bytes that a varint may have. */
    get isOverlong() {
      return isOverlong;
    },
    /** @returns the length, exact up to 2^53, at its last byte */
    add(byte: number): number | undefined {
      value += (byte & 0x7f) * 2 ** (7 * count++);
      isOverlong = count === 10 && byte >= 0x80;
      return byte < 0x80 ? value : undefined;
    },
  };
}
