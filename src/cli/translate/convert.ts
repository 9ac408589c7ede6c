import { Proto4Error } from "../../diagnostics/index.js";
import { TranslateError, type TranslateOptions, type Translator } from "../../runtime/index.js";
import { MessageError } from "./message-error.js";

/** `json`: what JSON has no words for, such as a stash. */
export type LossReason = "edited" | "stripped" | "malformed" | "limit" | "json";

export interface Loss {
  /** Field names from the root; empty for the root. */
  readonly path: string;
  readonly reason: LossReason;
}

/** A message on its way out. */
export interface Written {
  /** To be written one after the other. */
  readonly pieces: readonly Uint8Array[];
  readonly lost: readonly Loss[];
}

/** How messages are written in the input. @throws MessageError when this is none */
export type Decode = (frame: Uint8Array) => Uint8Array;
/** How messages are written in the output. @throws MessageError when it cannot be written so */
export type Encode = (message: Uint8Array) => Written;

export interface Conversion {
  readonly translator: Translator;
  readonly direction: "up" | "down";
  readonly options: TranslateOptions;
  readonly decode: Decode;
  readonly encode: Encode;
}

/** One message from the input's form to the output's. @throws MessageError when that cannot be */
export function convert(frame: Uint8Array, conversion: Conversion): Written {
  const { translator, direction, options, decode, encode } = conversion;
  const { value, lost } = translating(() => translator[direction](decode(frame), options));
  const written = encode(value);
  return { pieces: written.pieces, lost: [...lost, ...written.lost] };
}

/** What the engine refuses is the message's fault; whatever else it throws is ours, and stays as it is. */
function translating<T>(translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    if (error instanceof TranslateError) throw new MessageError(error.message, error);
    throw error;
  }
}

/** With the length before it. */
export function encodeDelimited(message: Uint8Array): Written {
  return { pieces: [lengthPrefix(message.length), message], lost: [] };
}

/** @throws Proto4Error "usage" at a second message: nobody could tell where it begins */
export function singleEncoder(): Encode {
  let isTaken = false;
  return (message) => {
    if (isTaken)
      throw new Proto4Error(
        "usage",
        "the input holds more than one message, and the output format single can hold one: choose delimited or json",
      );
    isTaken = true;
    return { pieces: [message], lost: [] };
  };
}

function lengthPrefix(length: number): Uint8Array {
  const bytes: number[] = [];
  let rest = length;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
