import {
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
  /** Told of each message that did not cross whole; throw a `ConnectError` to refuse it. */
  readonly onLost?: (lost: readonly Lost[], context: HandlerContext) => void;
}

/** What happens to messages on their way into the v4 implementation and out of it. */
export interface Crossing {
  enter(request: Message, context: HandlerContext): Message;
  leave(response: MessageInitShape<DescMessage>, context: HandlerContext): Message;
}

/** The crossing of a v3 call: up, and down. */
export function translated(
  v3: DescMethod,
  v4: DescMethod,
  { input, output }: MethodBridge,
  { stash = "strip", onLost }: RegisterOptions,
): Crossing {
  return {
    enter: (request, context) =>
      blame(Code.InvalidArgument, v3.input, () => {
        // Before it goes up: what does not change passes whole, and a stash in it would, too.
        const stripped = stash === "trust" ? [] : stripStash(v3.input, request);
        const { value, lost } = input.up(toBinary(v3.input, request), { stash: "trust" });
        const all = [...stripped, ...lost];
        if (all.length > 0) onLost?.(all, context);
        return fromBinary(v4.input, value);
      }),
    leave: (response, context) =>
      blame(Code.Internal, v4.output, () => {
        const bytes = toBinary(v4.output, create(v4.output, response));
        // The implementation's own words: what its stashes hold came through `enter`.
        const { value, lost } = output.down(bytes, { stash: "trust" });
        if (lost.length > 0) onLost?.(lost, context);
        return fromBinary(v3.output, value);
      }),
  };
}

/** The crossing of a v4 call, where there is nothing to translate. */
export function untranslated(v4: DescMethod, { stash = "strip", onLost }: RegisterOptions): Crossing {
  return {
    enter(request, context) {
      const lost = stash === "trust" ? [] : stripStash(v4.input, request);
      if (lost.length > 0) onLost?.(lost, context);
      return request;
    },
    leave: (response) => create(v4.output, response),
  };
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
