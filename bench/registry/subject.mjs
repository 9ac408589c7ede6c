// What is published in the measurements: Google's protos, of which one file changes again and again.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { corpusImage, firstFiles } from "../corpus.mjs";
import { built } from "../translate/folders.mjs";

const protos = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));

export const subjectName = "google/apis";

/** The image's path; the first `count` files import only each other. */
function imageOf(count) {
  return count === undefined ? corpusImage() : firstFiles(corpusImage(), count);
}

/** A subject as somebody holds it who compiled it: an image, and the source of each file. */
export async function loadSubject(count) {
  const { sliceImage } = await built("image/index.js");
  const path = imageOf(count);
  const image = sliceImage(readFileSync(path), path);
  const sources = new Map();
  for (const file of image.files) {
    const source = join(protos, file.path);
    if (existsSync(source)) sources.set(file.path, readFileSync(source, "utf8"));
  }
  return { image, sources };
}

/**
 * The subject with so many messages more in the file in its middle. All bytes are copied, as where somebody compiles all
 * of it again, so nothing can be taken for the same but by what it holds.
 */
export async function changed({ image, sources }, more) {
  const numbers = Array.from({ length: more }, (_, i) => i + 1);
  const { sliceImage } = await built("image/index.js");
  const { path } = image.files[Math.floor(image.files.length / 2)];
  const files = image.files.map((file) =>
    file.path === path ? Buffer.concat([file.bytes, ...numbers.map(message)]) : file.bytes,
  );
  const added = numbers.map((number) => `\nmessage Bench${number} {\n  string id = 1;\n}\n`);
  const text = [sources.get(path) ?? "", ...added].join("");
  return { image: sliceImage(serialized(files), "changed"), sources: new Map(sources).set(path, text) };
}

/** Serialised, as `FileDescriptorSet` has its files. */
export function serialized(files) {
  return Buffer.concat(files.flatMap((bytes) => [Buffer.from([10, ...varint(bytes.length)]), bytes]));
}

export function request({ image, sources }) {
  return {
    subject: subjectName,
    image,
    sources,
    by: "bench",
    at: new Date().toISOString(),
    id: randomUUID(),
  };
}

/** `message BenchN { string id = 1; }` as field 4 of a file. */
function message(number) {
  const field = [...text(1, "id"), 24, 1, 32, 1, 40, 9, ...text(10, "id")];
  const body = [...text(1, `Bench${number}`), 18, field.length, ...field];
  return Buffer.from([34, body.length, ...body]);
}

function text(number, value) {
  return [(number << 3) | 2, value.length, ...Buffer.from(value)];
}

function varint(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
