import { sizeDelimitedDecodeStream } from "@bufbuild/protobuf/wire";
import { BytesValueSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeDelimited } from "../../../src/cli/translate/convert.js";
import { delimitedFraming } from "../../../src/cli/translate/delimited-framing.js";
import { type Frame, type Framing, formatPlace } from "../../../src/cli/translate/frame.js";
import { lineFraming } from "../../../src/cli/translate/line-framing.js";
import { singleFraming } from "../../../src/cli/translate/single-framing.js";

const message = fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ minLength: 120, maxLength: 300 }));
const line = fc.string().map((text) => JSON.stringify({ text }));

test("delimited messages are the same however the input is cut, and each is where it says", () => {
  fc.assert(
    fc.property(fc.array(message), cuts, (messages, seed) => {
      const input = Buffer.concat(messages.flatMap((bytes) => encodeDelimited(bytes).pieces));
      const frames = cut(delimitedFraming(1000), input, seed);
      expect(frames.map(bytesOf)).toEqual(messages.map((bytes) => Buffer.from(bytes)));
      expect(frames.map(({ place }) => place.ordinal)).toEqual(messages.map((_, index) => index + 1));
      for (const frame of frames) {
        const bytes = bytesOf(frame)!;
        expect(input.subarray(frame.place.offset, frame.place.offset + bytes.length)).toEqual(bytes);
      }
    }),
  );
});

test("protobuf-es reads lengths as they are written here", async () => {
  const payloads = [0, 1, 127, 128, 16_383, 16_384, 3_000_000].map((size) => new Uint8Array(size));
  // A BytesValue is a tag and a length before the bytes: it is written here by hand, and read by protobuf-es.
  const messages = payloads.map((bytes) =>
    Buffer.concat([Uint8Array.of(10), ...encodeDelimited(bytes).pieces]),
  );
  const input = messages.flatMap((bytes) => encodeDelimited(bytes).pieces);
  const sizes: number[] = [];
  for await (const { value } of sizeDelimitedDecodeStream(BytesValueSchema, streamOf(input)))
    sizes.push(value.length);
  expect(sizes).toEqual(payloads.map(({ length }) => length));
});

test("lines are the same however the input is cut, and the last one may lack its newline", () => {
  const ends = fc.constantFrom("\n", "\r\n", "\n\n", "\n \t\r\n");
  fc.assert(
    fc.property(fc.array(fc.tuple(line, ends)), fc.boolean(), cuts, (lines, isOpen, seed) => {
      const whole = lines.flat().join("");
      const input = Buffer.from(isOpen ? whole.trimEnd() : whole);
      const frames = cut(lineFraming(10_000), input, seed);
      const texts = frames.map((frame) => `${bytesOf(frame)}`.replace(/\r$/, ""));
      expect(texts).toEqual(lines.map(([text]) => text));
      const rows = input.toString().split("\n");
      for (const { place } of frames) expect(rows[place.line! - 1]).toContain(texts[place.ordinal - 1]);
    }),
  );
});

test("a single message is the whole input, however it is cut", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, seed) => {
      expect(cut(singleFraming(300), Buffer.from(bytes), seed).map(bytesOf)).toEqual([Buffer.from(bytes)]);
    }),
  );
});

test("what is too long is passed over, and what follows is found, however the input is cut", () => {
  const delimited = Buffer.concat(
    [7, 500, 7].flatMap((size) => encodeDelimited(new Uint8Array(size)).pieces),
  );
  const lines = Buffer.from(`{}\n${"1".repeat(500)}\n{}`);
  fc.assert(
    fc.property(cuts, (seed) => {
      for (const frames of [cut(delimitedFraming(99), delimited, seed), cut(lineFraming(99), lines, seed)]) {
        expect(frames.map((frame) => "bytes" in frame)).toEqual([true, false, true]);
        expect(problemOf(frames[1])).toMatch(/has 500 bytes, and --max-bytes allows 99/);
      }
      expect(problemOf(cut(singleFraming(99), lines, seed)[0])).toMatch(/has 506 bytes.*--format/);
    }),
  );
});

test("an input that ends inside a message, or inside its length, says so wherever it was cut", () => {
  const input = Buffer.concat([7, 300].flatMap((size) => encodeDelimited(new Uint8Array(size)).pieces));
  fc.assert(
    fc.property(fc.integer({ min: 9, max: input.length - 1 }), cuts, (length, seed) => {
      const [first, second, ...more] = cut(delimitedFraming(1000), input.subarray(0, length), seed);
      expect([bytesOf(first)?.length, more]).toEqual([7, []]);
      expect(problemOf(second)).toBe(
        length < 10
          ? "the input ends inside the length before it"
          : `300 bytes are announced and ${length - 10} are there: the input is cut short, or not delimited`,
      );
      expect(formatPlace(second!.place)).toBe(`message 2 at byte ${length < 10 ? 8 : 10}`);
    }),
  );
});

test("what never ends is no length", () => {
  fc.assert(
    fc.property(cuts, (seed) => {
      const frames = cut(delimitedFraming(1000), Buffer.alloc(30, 0xff), seed);
      expect(frames[0]).toMatchObject({ place: { ordinal: 1, offset: 0 }, isLost: true });
    }),
  );
});

test("a length beyond the limit keeps nothing, whatever it announces", () => {
  const framing = delimitedFraming(1000);
  const announced = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
  const chunk = new Uint8Array(1 << 20);
  const before = process.memoryUsage().arrayBuffers;
  expect([...framing.read(announced)]).toEqual([]);
  for (let read = 0; read < 200; read++) expect([...framing.read(chunk.slice())]).toEqual([]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 << 20);
  expect(problemOf([...framing.end()][0])).toMatch(/bytes are announced and 209715200 are there/);
});

/** Lengths of chunks, over and over. */
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

function cut(framing: Framing, input: Uint8Array, lengths: readonly number[]): readonly Frame[] {
  const frames: Frame[] = [];
  for (let pos = 0, next = 0; pos < input.length; next++) {
    const length = lengths[next % lengths.length]!;
    frames.push(...framing.read(input.subarray(pos, pos + length)));
    pos += length;
  }
  return [...frames, ...framing.end()];
}

function bytesOf(frame: Frame | undefined): Buffer | undefined {
  return frame !== undefined && "bytes" in frame ? Buffer.from(frame.bytes) : undefined;
}

function problemOf(frame: Frame | undefined): string | undefined {
  return frame !== undefined && "problem" in frame ? frame.problem : undefined;
}

async function* streamOf(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* pieces;
}
