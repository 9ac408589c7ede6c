/**
 * The files of a tar archive by path, without copying them.
 * @throws Error when the bytes end inside a file
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const header = bytes.subarray(offset, offset + BLOCK);
    const size = Number.parseInt(string(header, 124, 12), 8);
    const body = bytes.subarray(offset + BLOCK, offset + BLOCK + size);
    if (!(body.length === size)) throw new Error("the tar file ends inside a file");
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === "x") longName = paxPath(body);
    else if (kind === "L") longName = string(body, 0, size);
    else {
      if (kind === "0" || kind === "\0") files.set(clean(longName ?? nameOf(header)), body);
      longName = undefined;
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

const BLOCK = 512;

function nameOf(header: Uint8Array): string {
  const isUstar = string(header, 257, 5) === "ustar";
  const prefix = isUstar ? string(header, 345, 155) : "";
  return prefix === "" ? string(header, 0, 100) : `${prefix}/${string(header, 0, 100)}`;
}

/** A pax header has records such as `30 path=a/b.proto\n`. */
function paxPath(body: Uint8Array): string | undefined {
  return /^\d+ path=(.*)$/m.exec(string(body, 0, body.length))?.[1];
}

function string(bytes: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(bytes.subarray(start, start + length));
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end);
}

function clean(path: string): string {
  return path.replace(/^(\.?\/)+/, "");
}
