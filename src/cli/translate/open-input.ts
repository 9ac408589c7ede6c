import { fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import { Proto4Error } from "../../diagnostics/index.js";

export interface Input {
  /** What errors call it. */
  readonly name: string;
  /** @throws Proto4Error "input-unreadable" while it is read */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes that it has, where that is known. */
  readonly total: number | undefined;
}

/**
 * A file, or standard input.
 * @throws Proto4Error "input-unreadable"
 */
export async function openInput(path: string | undefined): Promise<Input> {
  if (path === undefined) return { name: "standard input", chunks: process.stdin, total: sizeOf(0) };
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const chunks = file.createReadStream({ highWaterMark: chunkSize });
  return { name: path, chunks: readAll(chunks, path), total: sizeOf(file.fd) };
}

async function* readAll(chunks: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): Proto4Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Proto4Error("input-unreadable", `this file cannot be read: ${why}`, {
    location: { path },
    cause,
  });
}

/** Of what is a file, and not a pipe or a terminal. */
function sizeOf(descriptor: number): number | undefined {
  try {
    const found = fstatSync(descriptor);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined; // standard input may be closed
  }
}

const chunkSize = 256 * 1024;
