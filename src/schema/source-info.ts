import { Proto4Error } from "../diagnostics/index.js";
import { WireError } from "../wire/index.js";
import { DescriptorReader, LEN } from "./descriptor-reader.js";

/** Where the parts of a file stand in its source, by `SourceCodeInfo` path. */
export interface SourceInfo {
  /** Zero-based `[startLine, startColumn, endLine, endColumn]`; `undefined` where the image has none. */
  span(path: readonly number[]): Span | undefined;
  /** The comment above an element, without its comment marks. */
  leadingComment(path: readonly number[]): string | undefined;
  /** The path that stands exactly there: of several the shortest, which is an element's rather than a part's. */
  pathAt(span: Span): readonly number[] | undefined;
  /** The one behind it. */
  trailingComment(path: readonly number[]): string | undefined;
}

type Span = readonly [startLine: number, startColumn: number, endLine: number, endColumn: number];

/**
 * The places of one file. They are decoded at the first question, which throws Proto4Error "image-corrupt"
 * when that fails: most files are never asked, and places are most of an image.
 * @param info a serialised `SourceCodeInfo`
 * @param file what to call it in errors
 */
export function makeSourceInfo(info: Uint8Array | undefined, file: string): SourceInfo {
  let index: ReadonlyMap<string, Location> | undefined;
  let paths: ReadonlyMap<string, readonly number[]> | undefined;
  const all = () => {
    index ??= info === undefined ? nowhere : decode(info, file);
    return index;
  };
  const find = (path: readonly number[]) => all().get(path.join(","));
  return {
    span: (path) => toSpan(find(path)?.span),
    leadingComment: (path) => find(path)?.leadingComments || undefined,
    pathAt: (span) => {
      paths ??= pathsBySpan(all().values());
      return paths.get(span.join(","));
    },
    trailingComment: (path) => find(path)?.trailingComments || undefined,
  };
}

function pathsBySpan(locations: Iterable<Location>): ReadonlyMap<string, readonly number[]> {
  const paths = new Map<string, readonly number[]>();
  for (const { span, path } of locations) {
    const key = toSpan(span)?.join(",");
    const known = key === undefined ? path : paths.get(key);
    if (key !== undefined && (known === undefined || path.length < known.length)) paths.set(key, path);
  }
  return paths;
}

interface Location {
  readonly path: readonly number[];
  readonly span: readonly number[];
  readonly leadingComments: string;
  readonly trailingComments: string;
}

const nowhere: ReadonlyMap<string, Location> = new Map();

/** By path; of several places of one path the first counts. */
function decode(info: Uint8Array, file: string): ReadonlyMap<string, Location> {
  try {
    return index(new DescriptorReader(info, false));
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error(
      "image-corrupt",
      "the source info of this file does not decode; build the image again",
      {
        location: { path: file },
        cause,
      },
    );
  }
}

function index(reader: DescriptorReader): ReadonlyMap<string, Location> {
  const found = new Map<string, Location>();
  while (!reader.done) {
    const tag = reader.tag();
    if (tag !== ((1 << 3) | LEN)) {
      reader.skip(tag);
      continue;
    }
    const location = decodeLocation(reader);
    const key = location.path.join(",");
    if (!found.has(key)) found.set(key, location);
  }
  return found;
}

function decodeLocation(reader: DescriptorReader): Location {
  const end = reader.open();
  const path: number[] = [];
  const span: number[] = [];
  let leadingComments = "";
  let trailingComments = "";
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === ((1 << 3) | LEN)) reader.packed(path);
    else if (tag === ((2 << 3) | LEN)) reader.packed(span);
    else if (tag === 1 << 3) path.push(reader.int32());
    else if (tag === 2 << 3) span.push(reader.int32());
    else if (tag === ((3 << 3) | LEN)) leadingComments = reader.string();
    else if (tag === ((4 << 3) | LEN)) trailingComments = reader.string();
    else reader.skip(tag);
  }
  reader.close(end);
  return { path, span, leadingComments, trailingComments };
}

/** A span of three numbers ends on the line it starts on. */
function toSpan(numbers: readonly number[] | undefined): Span | undefined {
  if (numbers === undefined || numbers.length < 3) return undefined;
  const [startLine, startColumn, third, fourth] = numbers as [number, number, number, number?];
  return fourth === undefined
    ? [startLine, startColumn, startLine, third]
    : [startLine, startColumn, third, fourth];
}
