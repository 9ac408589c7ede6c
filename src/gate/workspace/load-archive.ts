import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as zlib from "node:zlib";
import { Proto4Error } from "../../diagnostics/index.js";
import type { Input } from "./input.js";
import { readTar } from "./read-tar.js";
import { readZip } from "./read-zip.js";

/**
 * The files of an archive by their path in it.
 * @throws Proto4Error "input-unreadable" when it is missing, damaged, or packed in a way that this Node lacks
 */
export async function loadArchive(input: Input, cwd: string): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    const packed = await readBytes(input.path, cwd);
    const files = input.kind === "zip" ? readZip(packed) : readTar(unpack(packed));
    return stripped(files, Number(input.options.get("strip_components") ?? 0));
  } catch (cause) {
    if (cause instanceof Proto4Error) throw cause;
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("input-unreadable", `this archive cannot be read: ${what}`, {
      location: { path: input.path },
      cause,
    });
  }
}

async function readBytes(path: string, cwd: string): Promise<Uint8Array> {
  if (path === "-") throw new Error("only buf can read standard input; write it to a file, or give --config");
  if (!/^https?:\/\//.test(path)) return readFile(resolve(cwd, path));
  const response = await fetch(path);
  if (!response.ok) throw new Error(`the server says ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What the bytes begin with tells how they are packed, whatever the name says. */
function unpack(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return zlib.gunzipSync(bytes);
  if (bytes[0] !== 0x28 || bytes[1] !== 0xb5) return bytes;
  if ("zstdDecompressSync" in zlib) return (zlib.zstdDecompressSync as typeof zlib.gunzipSync)(bytes);
  throw new Error("its buf.yaml needs zstd, which Node has since 22.15; pack it with gzip, or give --config");
}

function stripped(files: ReadonlyMap<string, Uint8Array>, count: number): ReadonlyMap<string, Uint8Array> {
  if (count === 0) return files;
  return new Map([...files].map(([path, bytes]) => [path.split("/").slice(count).join("/"), bytes]));
}
