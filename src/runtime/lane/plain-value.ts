import type { Detail } from "../side.js";
import { varintSize } from "./bytes.js";
import { afterField, afterVarint, isCanonical, SIGNED_32, UNSIGNED_32 } from "./canonical-field.js";
import {
  BLOB,
  CHECKED,
  ELIDE,
  ENUM,
  HOME,
  IMPLICIT,
  SIGNED,
  SIGNED_LIST,
  UNSIGNED,
  UNSIGNED_LIST,
} from "./operations.js";

/** Whether the value can be taken as it stands, but for its tag. */
export function isPlainValue(
  operation: number,
  word: number,
  detail: Detail,
  tag: number,
  src: Uint8Array,
  content: number,
  body: number,
  end: number,
  depth: number,
): boolean {
  // Whether to write a zero of implicit presence is for the engine to say.
  if ((word & IMPLICIT) !== 0 && (body === content ? src[content] === 0 : body === end)) return false;
  switch (operation) {
    case SIGNED:
      return afterVarint(src, content, end, SIGNED_32) === end;
    case UNSIGNED:
      return afterVarint(src, content, end, UNSIGNED_32) === end;
    case SIGNED_LIST:
      return body > content && isListOf(SIGNED_32, src, body, end);
    case UNSIGNED_LIST:
      return body > content && isListOf(UNSIGNED_32, src, body, end);
    case ENUM:
      return end === content + 1 && detail.numbers![src[content]!]! >= 0;
    case BLOB:
      return isCanonical(detail.shape!.message!, src, body, end, depth - 1);
    case HOME:
    case ELIDE:
      return afterField(detail.shape!, tag, src, content, end, depth) === end;
    case CHECKED:
      return isChecked(detail, tag, src, content, body, end, depth);
    default:
      return false;
  }
}

/** The same for every hop of a chain that looks; a length that is not in its shortest form some of them put right. */
function isChecked(
  { chain }: Detail,
  tag: number,
  src: Uint8Array,
  content: number,
  body: number,
  end: number,
  depth: number,
): boolean {
  if (body > content && body - content !== varintSize(end - body)) return false;
  for (const { operation, word, detail } of chain!.checks!)
    if (!isPlainValue(operation, word, detail, tag, src, content, body, end, depth)) return false;
  return true;
}

/** Whether the bytes are those. */
export function isSame(bytes: Uint8Array, src: Uint8Array, start: number, end: number): boolean {
  if (end - start !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== src[start + i]) return false;
  return true;
}

/** A packed list of numbers in their shortest form, which is not empty. @param range what their type holds */
export function isListOf(range: number, src: Uint8Array, start: number, end: number): boolean {
  if (start === end) return false;
  for (let at = start; at < end; ) {
    at = afterVarint(src, at, end, range);
    if (at < 0) return false;
  }
  return true;
}
