// The corpus: Google's own protos as npm ships them, compiled once and kept under .cache/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBuf } from "../dist/src/image/find-buf.js";
import { WireReader, WireWriter } from "../dist/src/wire/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache/bench");
export const sources = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));

export const buf = findBuf();

/** The image of all files but google/protobuf, whose MessageSets buf refuses; with source info if not told otherwise. */
export function corpusImage(...flags) {
  const image = join(cache, `google${flags.join("")}.binpb`);
  if (existsSync(image)) return image;
  mkdirSync(cache, { recursive: true });
  const draft = join(cache, "draft.binpb");
  const limits = ["--exclude-path", "google/protobuf", ...flags];
  execFileSync(buf, ["build", ".", ...limits, "-o", draft], { cwd: sources, stdio: "inherit" });
  renameSync(draft, image);
  return image;
}

/** The first `count` files of an image, which import only each other. */
export function firstFiles(image, count) {
  const kept = filesOf(image).slice(0, count);
  return save(
    `${nameOf(image)}-first-${count}.binpb`,
    kept.map(({ bytes }) => bytes),
  );
}

/**
 * `image` with the name "bench" reserved in every message of `count` files, which lie all over it: each of
 * them changes in each message, and no rule minds. So nothing of a changed file can be skipped.
 */
export function withChanges(image, count) {
  const files = filesOf(image);
  const step = files.length / count;
  const changed = new Set(Array.from({ length: count }, (_, i) => Math.floor(i * step)));
  const bytes = files.map((file, i) =>
    changed.has(i) ? edited(file.bytes, { 4: reserveName }) : file.bytes,
  );
  return save(`${nameOf(image)}-${count}-changed.binpb`, bytes);
}

function nameOf(image) {
  return basename(image, ".binpb");
}

/** A git repository of the corpus with one file edited, outside of any other; it is made anew each time. */
export function repository() {
  const folder = join(tmpdir(), `proto4-bench-${process.pid}`);
  const filter = (path) => {
    const from = path.slice(sources.length);
    return (
      /^$|[\\/][^.]+$|\.proto$/.test(from) && !/^[\\/](google[\\/]protobuf|build|node_modules)$/.test(from)
    );
  };
  cpSync(sources, folder, { recursive: true, filter });
  const git = (...args) => execFileSync("git", args, { cwd: folder });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-q", "-m", "corpus");
  return folder;
}

/** Edits the one file of the repository; each time otherwise. */
export function editFile(folder, type) {
  const path = join(folder, editedFile);
  const text = execFileSync("git", ["show", `HEAD:${editedFile}`], { cwd: folder, encoding: "utf8" });
  writeFileSync(path, text.replace("string content = 2", `${type} content = 2`));
}

export const editedFile = "google/cloud/language/v1/language_service.proto";

function filesOf(image) {
  const reader = new WireReader(readFileSync(image));
  const files = [];
  while (!reader.done) {
    reader.tag();
    files.push({ bytes: reader.subarray() });
  }
  return files;
}

function save(name, files) {
  const path = join(cache, name);
  const writer = new WireWriter(1 << 20);
  for (const bytes of files) {
    writer.varint(10);
    writer.lengthDelimited(bytes);
  }
  writeFileSync(path, writer.finish());
  return path;
}

function reserveName(message) {
  const whole = edited(message, { 3: reserveName });
  return isMapEntry(message) ? whole : Buffer.concat([whole, Buffer.from("R\x05bench")]);
}

/** A message with `edits` made to its fields, by their numbers. */
function edited(bytes, edits) {
  const reader = new WireReader(bytes);
  const writer = new WireWriter(bytes.length + 64);
  while (!reader.done) {
    const { pos } = reader;
    const tag = reader.tag();
    const edit = edits[tag >>> 3];
    if (edit === undefined) {
      reader.skip(tag);
      writer.raw(bytes, pos, reader.pos);
    } else {
      writer.varint(tag);
      writer.lengthDelimited(edit(reader.subarray()));
    }
  }
  return writer.finish();
}

function isMapEntry(message) {
  const reader = new WireReader(message);
  while (!reader.done) {
    const tag = reader.tag();
    // MessageOptions.map_entry
    if (tag === ((7 << 3) | 2)) return Buffer.from(reader.subarray()).includes(Buffer.from([7 << 3, 1]));
    reader.skip(tag);
  }
  return false;
}
