import type { DescMessage, Message } from "@bufbuild/protobuf";
import { decodeBinaryHeader, encodeBinaryHeader, type HandlerContext } from "@connectrpc/connect";
import { attachTo } from "./attach-stash.js";
import type { Lost } from "./context.js";
import { detachFrom } from "./detach-stash.js";

/**
 * The header beside messages that cannot carry unknown fields. A client sends back what it got with a response
 * when it writes back what it read.
 */
export const stashHeader = "proto4-stash-bin";

/** Puts what the request's header holds into the request. @returns what was lost */
export function receiveHeader(
  schema: DescMessage,
  request: Message,
  { requestHeader }: HandlerContext,
  trusts: boolean,
): readonly Lost[] {
  const header = requestHeader.get(stashHeader);
  if (header === null || header === "") return [];
  if (!trusts) return [{ path: "", reason: "stripped" }];
  return header.split(",").flatMap((value) => attachTo(schema, request, decode(value.trim()) ?? malformed));
}

/**
 * Whether the client wants unknown fields beside the message: it speaks JSON, or sends the header, if only an
 * empty one.
 */
export function wantsHeader({ requestHeader, responseHeader }: HandlerContext): boolean {
  return requestHeader.has(stashHeader) || /\bjson\b/.test(responseHeader.get("content-type") ?? "");
}

/**
 * Moves what only unknown fields carry from the response to its header.
 * @param limit in characters of the header
 * @returns what was lost: all, where it exceeds the limit
 */
export function sendHeader(
  schema: DescMessage,
  response: Message,
  { responseHeader }: HandlerContext,
  limit: number,
): readonly Lost[] {
  const stash = detachFrom(schema, response);
  if (stash.length === 0) return [];
  const header = encodeBinaryHeader(stash);
  if (header.length > limit) return [{ path: "", reason: "limit" }];
  responseHeader.set(stashHeader, header);
  return [];
}

function decode(header: string): Uint8Array | undefined {
  try {
    return decodeBinaryHeader(header);
  } catch {
    return undefined;
  }
}

/** No wire format. */
const malformed = Uint8Array.of(7);
