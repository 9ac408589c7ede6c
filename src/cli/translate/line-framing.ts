import type { Frame, Framing } from "./frame.js";
import { collectParts } from "./parts.js";

/** A message a line; blank lines are none, and the last line need not end in a newline. */
export function lineFraming(maxBytes: number): Framing {
  let base = 0;
  let [ordinal, line, offset] = [0, 1, 0];
  let parts = collectParts(maxBytes);
  const finish = function* (next: number): Iterable<Frame> {
    const bytes = parts.take();
    const isMessage = bytes === undefined || !isBlank(bytes);
    if (isMessage) ordinal++;
    const place = { ordinal, offset, line };
    const { length } = parts;
    [parts, line, offset] = [collectParts(maxBytes), line + 1, next];
    if (!isMessage) return;
    yield bytes === undefined
      ? { place, problem: `the line has ${length} bytes, and --max-bytes allows ${maxBytes}` }
      : { place, bytes };
  };
  return {
    *read(chunk) {
      let pos = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, pos)) {
        parts.add(chunk.subarray(pos, end));
        pos = end + 1;
        yield* finish(base + pos);
      }
      parts.add(chunk.subarray(pos));
      base += chunk.length;
    },
    end: () => finish(base),
  };
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

const newline = 0x0a;
