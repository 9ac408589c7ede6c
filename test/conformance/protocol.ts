import { create, fromBinary, type Registry, toBinary } from "@bufbuild/protobuf";

/** What the runner asks: `conformance.ConformanceRequest`, as far as it is answered here. */
export interface Request {
  readonly payload: Payload;
  readonly requestedOutputFormat: number;
  readonly messageType: string;
  readonly testCategory: number;
}

/** Other formats have other cases. */
export type Payload =
  | { readonly case: "protobufPayload"; readonly value: Uint8Array }
  | { readonly case: "jsonPayload" | "jspbPayload" | "textPayload"; readonly value: string }
  | { readonly case: undefined; readonly value?: undefined };

/** `conformance.ConformanceResponse.result`. */
export type Result =
  | { readonly case: "protobufPayload"; readonly value: Uint8Array }
  | {
      readonly case: "jsonPayload" | "parseError" | "serializeError" | "runtimeError" | "skipped";
      readonly value: string;
    };

/** `conformance.WireFormat` and `conformance.TestCategory`. */
export const outputBinary = 1;
export const outputJson = 2;
export const ignoreUnknownJson = 3;

export function readRequest(registry: Registry, bytes: Uint8Array): Request {
  return fromBinary(registry.getMessage("conformance.ConformanceRequest")!, bytes) as unknown as Request;
}

export function writeResponse(registry: Registry, result: Result): Uint8Array {
  const schema = registry.getMessage("conformance.ConformanceResponse")!;
  return toBinary(schema, create(schema, { result: { ...result } }));
}
