import type { DescMethod, DescService } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  createServiceImplSpec,
  type MethodImplSpec,
  type ServiceImpl,
} from "@connectrpc/connect";
import type { ServiceBridge } from "./bridge.js";
import { checkStubKeepsStash } from "./check-keeps-stash.js";
import { type Crossing, type RegisterOptions, translated, untranslated } from "./crossing.js";
import { stashNumber } from "./stash.js";

export { stashHeader } from "./stash-header.js";
export type { RegisterOptions };

/**
 * Serves both generations of a service from one implementation of v4. A v3 call goes up, is answered by the
 * implementation, and the answer comes down. The implementation gets the call's own context: headers,
 * trailers, deadline, signal, and the v3 method as `context.method`. A method that only v3 has is answered
 * as unimplemented.
 * @throws TranslateError "stash-dropped" where stashes are trusted and a stub of v3 drops them
 */
export function registerBoth<V4 extends DescService>(
  router: ConnectRouter,
  bridge: ServiceBridge<DescService, V4>,
  implementation: Partial<ServiceImpl<V4>>,
  options: RegisterOptions = {},
): ConnectRouter {
  const { methods } = createServiceImplSpec(bridge.v4, implementation);
  const crossing = { ...options, stashNumber: bridge.stashNumber ?? stashNumber };
  for (const v4 of Object.values(methods)) register(router, v4.method, v4, untranslated(v4.method, crossing));
  for (const method of bridge.methods) {
    const v3 = bridge.v3.method[method.v3]!;
    const v4 = methods[method.v4]!;
    if (options.stash === "trust")
      for (const stub of [v3.input, v3.output]) checkStubKeepsStash(stub, crossing.stashNumber);
    register(router, v3, v4, translated(v3, v4.method, method, crossing));
  }
  return router;
}

/** Has calls of `method` answered by `v4`, whose kind it shares. */
function register(router: ConnectRouter, method: DescMethod, v4: MethodImplSpec, { enter, leave }: Crossing) {
  if (v4.kind === "unary" && isKind(method, v4.kind))
    router.rpc(method, async (request, context) =>
      leave(await v4.impl(enter(request, context), context), context),
    );
  else if (v4.kind === "server_streaming" && isKind(method, v4.kind))
    router.rpc(method, (request, context) =>
      each(v4.impl(enter(request, context), context), (response) => leave(response, context)),
    );
  else if (v4.kind === "client_streaming" && isKind(method, v4.kind))
    router.rpc(method, async (requests, context) => {
      const entered = each(requests, (request) => enter(request, context));
      return leave(await v4.impl(entered, context), context);
    });
  else if (v4.kind === "bidi_streaming" && isKind(method, v4.kind))
    router.rpc(method, (requests, context) => {
      const entered = each(requests, (request) => enter(request, context));
      return each(v4.impl(entered, context), (response) => leave(response, context));
    });
  else throw new TypeError(`${method} and ${v4.method} stream differently: one cannot stand for the other`);
}

function isKind<Kind extends DescMethod["methodKind"]>(
  method: DescMethod,
  kind: Kind,
): method is DescMethod & { readonly methodKind: Kind } {
  return method.methodKind === kind;
}

/** As the loop ends early, so does the stream that it reads: a cancelled call reaches the implementation. */
async function* each<From, To>(items: AsyncIterable<From>, carry: (item: From) => To): AsyncIterable<To> {
  for await (const item of items) yield carry(item);
}
