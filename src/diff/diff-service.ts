import type { Method, Schema, Service } from "../schema/index.js";
import type { Change } from "./change.js";
import { pair } from "./pair.js";

/** What changed inside a service that is on both sides. */
export function* diffService(before: Service, after: Service): Generator<Change> {
  const { removed, added, kept } = pair(before.methods, after.methods, ({ name }) => name);
  for (const method of removed) yield { kind: "method-removed", before: method, parent: after };
  for (const method of added) yield { kind: "method-added", after: method, parent: before };
  for (const [from, to] of kept) yield* diffMethod(from, to);
}

export function* serviceAdded(service: Service, before: Schema): Generator<Change> {
  yield { kind: "service-added", after: service, parent: before.files.get(service.file.fullName) };
  for (const method of service.methods) yield { kind: "method-added", after: method, parent: undefined };
}

function* diffMethod(before: Method, after: Method): Generator<Change> {
  const pairOf = { before, after };
  if (before.input !== after.input)
    yield { kind: "method-request-changed", ...pairOf, from: before.input, to: after.input };
  if (before.output !== after.output)
    yield { kind: "method-response-changed", ...pairOf, from: before.output, to: after.output };
  const [from, to] = [streaming(before), streaming(after)];
  if (from !== to) yield { kind: "method-streaming-changed", ...pairOf, from, to };
  if (before.idempotency !== after.idempotency)
    yield {
      kind: "method-idempotency-changed",
      ...pairOf,
      from: before.idempotency,
      to: after.idempotency,
    };
}

function streaming({ clientStreaming, serverStreaming }: Method): string {
  if (clientStreaming) return serverStreaming ? "bidirectional streaming" : "client streaming";
  return serverStreaming ? "server streaming" : "unary";
}
