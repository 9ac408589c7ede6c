import type { Image } from "../../image/index.js";
import { type Decode, type Encode, encodeDelimited, singleEncoder } from "./convert.js";
import { delimitedFraming } from "./delimited-framing.js";
import type { Framing } from "./frame.js";
import { lineFraming } from "./line-framing.js";
import { singleFraming } from "./single-framing.js";

export const formats = ["delimited", "single", "json"] as const;

/** How messages are set apart and written. */
export type Format = (typeof formats)[number];

export function framingOf(format: Format, maxBytes: number): Framing {
  if (format === "json") return lineFraming(maxBytes);
  return format === "single" ? singleFraming(maxBytes) : delimitedFraming(maxBytes);
}

interface CodecOptions {
  readonly format: Format;
  readonly outputFormat: Format;
  /** Full name of the message as it comes in. */
  readonly from: string;
  /** Full name of the message as it goes out. */
  readonly to: string;
}

export async function makeCodec(
  { format, outputFormat, from, to }: CodecOptions,
  image: Image,
): Promise<{ readonly decode: Decode; readonly encode: Encode }> {
  const decode: Decode = (frame) => frame;
  const encode = outputFormat === "single" ? singleEncoder() : encodeDelimited;
  if (format !== "json" && outputFormat !== "json") return { decode, encode };
  // Only JSON has to know what fields are called.
  const { createJsonCodec } = await import("./json-codec.js");
  const json = createJsonCodec(image);
  return {
    decode: format === "json" ? json.decoder(from) : decode,
    encode: outputFormat === "json" ? json.encoder(to) : encode,
  };
}
