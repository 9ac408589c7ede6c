/** Where a message is in the input; everything counts as people count it. */
export interface Place {
  /** From 1. */
  readonly ordinal: number;
  /** Bytes before its own first byte; a length before it is not its own. */
  readonly offset: number;
  /** From 1, where the input has lines. */
  readonly line?: number;
}

/** A message as it came in, or why there is none. */
export type Frame = WholeFrame | BrokenFrame;

interface WholeFrame {
  readonly place: Place;
  /** It may share memory with the chunk that was read. */
  readonly bytes: Uint8Array;
}

interface BrokenFrame {
  readonly place: Place;
  readonly problem: string;
  /** Set where nobody can tell where the next message begins: what follows is not known to be lost or not. */
  readonly isLost?: true;
}

/** Cuts an input that comes in chunks into messages. Frames of a chunk are to be taken before the next one is read. */
export interface Framing {
  read(chunk: Uint8Array): Iterable<Frame>;
  /** Tells that the input is over. */
  end(): Iterable<Frame>;
}

/** `message 3 at byte 57`, `message 3 in line 4` */
export function formatPlace({ ordinal, offset, line }: Place): string {
  return `message ${ordinal} ${line === undefined ? `at byte ${offset}` : `in line ${line}`}`;
}
