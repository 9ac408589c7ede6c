import { type Conversion, convert } from "./convert.js";
import type { Frame, Framing } from "./frame.js";
import { MessageError } from "./message-error.js";
import type { Tally } from "./tally.js";

export interface Stream {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly framing: Framing;
  readonly conversion: Conversion;
  readonly tally: Tally;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Told after each chunk how many bytes were read so far. */
  readonly onRead: (bytes: number) => void;
}

/**
 * Carries every message of a stream. What is kept does not grow with the stream: a chunk, a message as long as
 * the framing lets it be, and what of the output is not written yet.
 * @throws Proto4Error "message-malformed" as the tally decides, and where the end of a message cannot be told
 */
export async function translateStream(stream: Stream): Promise<void> {
  const { chunks, framing, write, onRead } = stream;
  const pending = collectOutput(write);
  let read = 0;
  for await (const chunk of chunks) {
    await carryAll(framing.read(chunk), stream, pending);
    read += chunk.length;
    onRead(read);
  }
  await carryAll(framing.end(), stream, pending);
  await pending.flush();
}

type Pending = ReturnType<typeof collectOutput>;

async function carryAll(frames: Iterable<Frame>, stream: Stream, pending: Pending): Promise<void> {
  for (const frame of frames) {
    try {
      for (const piece of carry(frame, stream)) pending.add(piece);
    } catch (error) {
      // Whoever reads along gets all that came before; the error that ends it is the one to tell.
      await pending.flush().catch(() => {});
      throw error;
    }
    if (pending.size >= writeSize) await pending.flush();
  }
}

function carry(frame: Frame, { conversion, tally }: Stream): readonly Uint8Array[] {
  const { place } = frame;
  if ("problem" in frame) {
    tally.fail(place, frame.problem, frame.isLost);
    return [];
  }
  try {
    const { pieces, lost } = convert(frame.bytes, conversion);
    tally.succeed(place, lost);
    return pieces;
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    tally.fail(place, error.message);
    return [];
  }
}

/** Small messages are written together: a call of the system for each would take longer than all the rest. */
function collectOutput(write: (bytes: Uint8Array) => Promise<void>) {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(piece: Uint8Array) {
      pieces.push(piece);
      size += piece.length;
    },
    async flush() {
      if (size === 0) return;
      const bytes = Buffer.concat(pieces, size);
      [pieces, size] = [[], 0];
      await write(bytes);
    },
  };
}

const writeSize = 256 * 1024;
