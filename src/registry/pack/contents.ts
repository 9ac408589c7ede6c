import { damaged } from "./damaged.js";
import { deflated, inflated } from "./deflate.js";
import type { PackHeader } from "./header.js";
import { blockBytes } from "./limits.js";

/** A place in the contents of a pack. */
export interface Range {
  readonly start: number;
  readonly length: number;
}

/**
 * Compresses contents in blocks of `blockBytes`, whose borders may lie in a file.
 * Only a few are held uncompressed at a time.
 */
export async function packContents(pieces: Iterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const blocks: Promise<Uint8Array>[] = [];
  for (const block of cut(pieces)) {
    blocks.push(deflated(block));
    await blocks[blocks.length - atOnce];
  }
  return Promise.all(blocks);
}

function* cut(pieces: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  for (const piece of pieces)
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + blockBytes - filled);
      block.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < blockBytes) continue;
      yield block;
      block = Buffer.allocUnsafe(blockBytes);
      filled = 0;
    }
  if (filled > 0) yield block.subarray(0, filled);
}

/** The contents of one pack, still compressed. */
export interface Contents {
  /** Where the descriptor of a file of the pack lies. */
  descriptor(file: number): Range;
  /** `undefined` for a file without source. */
  source(file: number): Range | undefined;
  /** @throws Proto4Error "store-invalid" when the block is damaged */
  inflate(block: number): Promise<Uint8Array>;
}

/** @throws Proto4Error "store-invalid" when the blocks are longer or shorter together than what there is */
export function openContents(header: PackHeader, bytes: Uint8Array, blob: string): Contents {
  const { descriptors, sources } = header;
  const blockEnds = endsOf(header.blocks, 0);
  const descriptorEnds = endsOf(descriptors, 0);
  const sourceEnds = endsOf(sources, descriptorEnds.at(-1) ?? 0);
  const total = sourceEnds.at(-1) ?? 0;
  if ((blockEnds.at(-1) ?? 0) !== bytes.length)
    throw damaged(blob, "its contents end before or after its end");
  return {
    descriptor: (file) => endingAt(descriptorEnds[file]!, descriptors[file]!),
    source: (file) => (sources[file]! < 0 ? undefined : endingAt(sourceEnds[file]!, sources[file]!)),
    inflate: (block) => {
      const { start, length } = endingAt(blockEnds[block]!, header.blocks[block]!);
      const rawLength = Math.min(blockBytes, total - block * blockBytes);
      return inflated(bytes.subarray(start, start + length), rawLength).catch((cause: Error) => {
        throw damaged(blob, `block ${block} of its contents: ${cause.message}`, cause);
      });
    },
  };
}

/** Where each ends, when they lie one after the other from `start`; -1 is the length of what there is not. */
function endsOf(lengths: readonly number[], start: number): Float64Array {
  let end = start;
  return Float64Array.from(lengths, (length) => {
    end += Math.max(length, 0);
    return end;
  });
}

function endingAt(end: number, length: number): Range {
  return { start: end - length, length };
}

/**
 * Reads places of contents, each block of them once. What does not cross a block is not copied.
 * @param load gives a block, inflated
 */
export async function readRanges(
  ranges: readonly Range[],
  load: (block: number) => Promise<Uint8Array>,
): Promise<readonly Uint8Array[]> {
  const blocks = new Map<number, Uint8Array>();
  const wanted = [...new Set(ranges.flatMap(blocksOf))];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const group = wanted.slice(at, at + atOnce);
    const loaded = await Promise.all(group.map(load));
    for (const [i, block] of group.entries()) blocks.set(block, loaded[i]!);
  }
  return ranges.map((range) => join(range, blocks));
}

function blocksOf({ start, length }: Range): readonly number[] {
  if (length === 0) return [];
  const first = Math.floor(start / blockBytes);
  const last = Math.floor((start + length - 1) / blockBytes);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function join(range: Range, blocks: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const { start, length } = range;
  const parts = blocksOf(range).map((block) => {
    const from = block * blockBytes;
    return blocks.get(block)!.subarray(Math.max(start - from, 0), start + length - from);
  });
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** Node has four threads for this; more jobs wait there. */
const atOnce = 8;
