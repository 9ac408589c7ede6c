import {
  clone,
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type Message,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { MethodBridge } from "./bridge.js";
import { receiveHeader, sendHeader, wantsHeader } from "./stash-header.js";
import { stripStash } from "./strip-stash.js";
import type { Lost } from "./translator.js";

/** How a service treats what one generation says and the other cannot. */
export interface RegisterOptions {
  /**
   * Whether stashes that clients send are believed. Nothing authenticates a stash: whoever sends one says
   * what clients of the other generation read. So it is stripped (the default), from v4 requests too, unless
   * every client of this server is trusted.
   */
  readonly stash?: "trust" | "strip";
  /**
   * Characters that the header of a unary response may have, in which the stash goes to clients that speak JSON;
   * 8,192, because many clients and proxies refuse headers of more than 16 KiB together. What exceeds it is lost.
   */
  readonly stashHeaderLimit?: number;
  /** Told of each message that did not cross whole; throw a `ConnectError` to refuse it. */
  readonly onLost?: (lost: readonly Lost[], context: HandlerContext) => void;
}

/** What happens to messages on their way into the v4 implementation and out of it. */
export interface Crossing {
  enter(request: Message, context: HandlerContext): Message;
  leave(response: MessageInitShape<DescMessage>, context: HandlerContext): Message;
}

export interface CrossingOptions extends RegisterOptions {
  /** The field that carries stashes. */
  readonly stashNumber: number;
}

/** The crossing of a v3 call: up, and down. */
export function translated(
  v3: DescMethod,
  v4: DescMethod,
  { input, output }: MethodBridge,
  options: CrossingOptions,
): Crossing {
  return {
    enter: (request, context) =>
      blame(Code.InvalidArgument, v3.input, () => {
        // Before it goes up: what does not change passes whole, and a stash in it would, too. On the way up
        // those go that no stub of v3 sees, such as in the payload of an Any.
        const received = receive(v3, request, context, options);
        const { value, lost } = input.up(toBinary(v3.input, request), { stash: options.stash ?? "strip" });
        tell([...received, ...lost], context, options);
        return fromBinary(v4.input, value);
      }),
    leave: (response, context) =>
      blame(Code.Internal, v4.output, () => {
        const bytes = toBinary(v4.output, create(v4.output, response));
        // The implementation's own words: what its stashes hold came through `enter`.
        const { value, lost } = output.down(bytes, { stash: "trust" });
        const message = fromBinary(v3.output, value);
        const sent = isCarried(v3, context, options) ? send(v3, message, context, options) : [];
        tell([...lost, ...sent], context, options);
        return message;
      }),
  };
}

/** The crossing of a v4 call, where there is nothing to translate. */
export function untranslated(v4: DescMethod, options: CrossingOptions): Crossing {
  return {
    enter(request, context) {
      tell(receive(v4, request, context, options), context, options);
      return request;
    },
    leave(response, context) {
      const message = create(v4.output, response);
      if (!isCarried(v4, context, options)) return message;
      // It may be what the implementation keeps.
      const copy = clone(v4.output, message);
      tell(send(v4, copy, context, options), context, options);
      return copy;
    },
  };
}

/** Takes the stashes of a request, in the message and beside it, as its sender is trusted. */
function receive(
  method: DescMethod,
  request: Message,
  context: HandlerContext,
  { stash, stashNumber }: CrossingOptions,
): readonly Lost[] {
  const trusts = stash === "trust";
  const stripped = trusts ? [] : stripStash(method.input, request, stashNumber);
  if (method.methodKind !== "unary") return stripped;
  return [...stripped, ...receiveHeader(method.input, request, context, trusts)];
}

/** Whether what unknown fields carry goes beside the response; it is of use only to who may send it back. */
function isCarried({ methodKind }: DescMethod, context: HandlerContext, { stash }: RegisterOptions): boolean {
  return methodKind === "unary" && stash === "trust" && wantsHeader(context);
}

function send(
  { output }: DescMethod,
  response: Message,
  context: HandlerContext,
  { stashHeaderLimit = 8192 }: RegisterOptions,
): readonly Lost[] {
  return sendHeader(output, response, context, stashHeaderLimit);
}

function tell(lost: readonly Lost[], context: HandlerContext, { onLost }: RegisterOptions): void {
  if (lost.length > 0) onLost?.(lost, context);
}

/** A message that cannot cross is the fault of who wrote it; `code` says who that was. */
function blame<Result>(code: Code, { typeName }: DescMessage, cross: () => Result): Result {
  try {
    return cross();
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError(`${typeName} cannot be translated: ${reason}`, code, undefined, undefined, error);
  }
}
