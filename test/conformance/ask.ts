import { create, fromBinary, type Registry, toBinary } from "@bufbuild/protobuf";
import type { Request, Result } from "./protocol.js";
import type { Respond } from "./respond.js";

/** The runner's part in a test. */
export function ask(respond: Respond, registry: Registry, request: Partial<Request>): Result {
  return readResponse(registry, respond(writeRequest(registry, request)));
}

export function writeRequest(registry: Registry, request: Partial<Request>): Uint8Array {
  const schema = registry.getMessage("conformance.ConformanceRequest")!;
  return toBinary(schema, create(schema, { ...request }));
}

export function readResponse(registry: Registry, bytes: Uint8Array): Result {
  const response = fromBinary(registry.getMessage("conformance.ConformanceResponse")!, bytes);
  return (response as unknown as { result: Result }).result;
}
