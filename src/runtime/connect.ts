import {
  create,
  type DescMessage,
  type DescMethod,
  type DescService,
  fromBinary,
  type Message,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createServiceImplSpec,
  type HandlerContext,
  type MethodImplSpec,
  type ServiceImpl,
} from "@connectrpc/connect";
import type { Loss, MethodBridge, ServiceBridge, Translation } from "./index.js";

/** How {@link registerBoth} treats what one generation says and the other cannot. */
export interface RegisterOptions {
  /**
   * Whether stashes that clients send are believed. A stash is unsigned: whoever sends one says what the
   * other generation reads. So it is stripped (the default) unless every client of this server is trusted.
   */
  readonly stash?: "trust" | "strip";
  /** Told of each message that did not cross whole; throw a `ConnectError` to refuse it. */
  readonly onLost?: (lost: readonly Loss[], context: HandlerContext) => void;
}

/**
 * Serves both generations of a service from one implementation of v4. A v3 call goes up, is answered by the
 * implementation, and the answer comes down. The implementation gets the call's own context: headers,
 * trailers, deadline, signal, and the v3 method as `context.method`.
 */
export function registerBoth<V4 extends DescService>(
  router: ConnectRouter,
  bridge: ServiceBridge<DescService, V4>,
  implementation: Partial<ServiceImpl<V4>>,
  options: RegisterOptions = {},
): ConnectRouter {
  const { methods } = createServiceImplSpec(bridge.v4, implementation);
  for (const method of bridge.methods) {
    const v3 = bridge.v3.method[method.v3]!;
    const v4 = methods[method.v4]!;
    registerElder(router, v3, v4, crossing(v3, v4.method, method, options));
  }
  return router.service(bridge.v4, implementation);
}

/** Takes a v3 request up and the answer of v4 down. */
interface Crossing {
  up(request: Message, context: HandlerContext): Message;
  down(response: MessageInitShape<DescMessage>, context: HandlerContext): Message;
}

function registerElder(router: ConnectRouter, v3: DescMethod, v4: MethodImplSpec, { up, down }: Crossing) {
  if (v4.kind === "unary" && isKind(v3, v4.kind))
    router.rpc(v3, async (request, context) => down(await v4.impl(up(request, context), context), context));
  else if (v4.kind === "server_streaming" && isKind(v3, v4.kind))
    router.rpc(v3, (request, context) =>
      each(v4.impl(up(request, context), context), (response) => down(response, context)),
    );
  else if (v4.kind === "client_streaming" && isKind(v3, v4.kind))
    router.rpc(v3, async (requests, context) => {
      const carried = each(requests, (request) => up(request, context));
      return down(await v4.impl(carried, context), context);
    });
  else if (v4.kind === "bidi_streaming" && isKind(v3, v4.kind))
    router.rpc(v3, (requests, context) => {
      const carried = each(requests, (request) => up(request, context));
      return each(v4.impl(carried, context), (response) => down(response, context));
    });
  else throw new TypeError(`${v3} and ${v4.method} stream differently: one cannot stand for the other`);
}

function isKind<Kind extends DescMethod["methodKind"]>(
  method: DescMethod,
  kind: Kind,
): method is DescMethod & { readonly methodKind: Kind } {
  return method.methodKind === kind;
}

/** As the loop ends early, so does the stream it reads: cancelling reaches the implementation. */
async function* each<From, To>(items: AsyncIterable<From>, carry: (item: From) => To): AsyncIterable<To> {
  for await (const item of items) yield carry(item);
}

function crossing(
  v3: DescMethod,
  v4: DescMethod,
  { input, output }: MethodBridge,
  { stash = "strip", onLost }: RegisterOptions,
): Crossing {
  const tell = ({ value, lost }: Translation, context: HandlerContext): Uint8Array => {
    if (lost.length > 0) onLost?.(lost, context);
    return value;
  };
  return {
    up: (request, context) =>
      blame(Code.InvalidArgument, v3.input, () => {
        const bytes = toBinary(v3.input, request);
        return fromBinary(v4.input, tell(input.up(bytes, { stash }), context));
      }),
    down: (response, context) =>
      blame(Code.Internal, v4.output, () => {
        const bytes = toBinary(v4.output, create(v4.output, response));
        return fromBinary(v3.output, tell(output.down(bytes), context));
      }),
  };
}

/** A message that cannot cross is the sender's fault: `code` says whose. */
function blame<Result>(code: Code, desc: DescMessage, cross: () => Result): Result {
  try {
    return cross();
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError(
      `${desc.typeName} cannot be translated: ${reason}`,
      code,
      undefined,
      undefined,
      error,
    );
  }
}
