/** Why bytes are not protobuf wire format. */
export type WireErrorCode =
  | "truncated"
  | "varint-overlong"
  | "tag-invalid"
  | "group-unmatched"
  | "too-deep"
  | "too-large"
  | "utf8-invalid";

/** Malformed wire bytes; `offset` counts bytes from the start of the buffer given. */
export class WireError extends Error {
  readonly code: WireErrorCode;
  readonly offset: number;

  constructor(code: WireErrorCode, offset: number) {
    super(`${messages[code]} at byte ${offset}`);
    this.name = "WireError";
    this.code = code;
    this.offset = offset;
  }
}

const messages: Readonly<Record<WireErrorCode, string>> = {
  truncated: "the bytes end inside a field",
  "varint-overlong": "a varint runs past 10 bytes",
  "tag-invalid": "a tag has field number 0, a number above 536870911, or an unknown wire type",
  "group-unmatched": "a group is not closed by its own end tag",
  "too-deep": "messages are nested too deeply",
  "too-large": "what is written exceeds the limit",
  "utf8-invalid": "a string is not valid UTF-8",
};
