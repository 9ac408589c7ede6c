import {
  fromBinary,
  fromJsonString,
  type Message,
  type Registry,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { type Peer, TranslatorBroken } from "./peer.js";
import { ignoreUnknownJson, outputBinary, outputJson, type Request, type Result } from "./protocol.js";

/**
 * Reads the payload and writes it in the format that is asked for. That a translator refuses bytes counts as
 * that protobuf-es does; whatever else fails in one is a `runtimeError`, which no test expects.
 */
export function answer(request: Request, peer: Peer, registry: Registry): Result {
  const { payload, requestedOutputFormat: format } = request;
  const known = payload.case === "protobufPayload" || payload.case === "jsonPayload";
  if (!known || (format !== outputBinary && format !== outputJson))
    return { case: "skipped", value: "it is neither binary nor JSON" };
  let step: "parseError" | "serializeError" = "parseError";
  try {
    const message = parse(request, peer, registry);
    step = "serializeError";
    return format === outputBinary
      ? { case: "protobufPayload", value: peer.leave(toBinary(peer.schema, message)) }
      : { case: "jsonPayload", value: printJson(message, peer, registry) };
  } catch (error) {
    return { case: error instanceof TranslatorBroken ? "runtimeError" : step, value: String(error) };
  }
}

function parse({ payload, testCategory }: Request, peer: Peer, registry: Registry): Message {
  const { schema, enter, jsonAsBytes } = peer;
  if (payload.case === "protobufPayload") return fromBinary(schema, enter(payload.value));
  const options = { registry, ignoreUnknownFields: testCategory === ignoreUnknownJson };
  const message = fromJsonString(schema, payload.value ?? "", options);
  return jsonAsBytes ? fromBinary(schema, enter(toBinary(schema, message))) : message;
}

function printJson(message: Message, { schema, leave, jsonAsBytes }: Peer, registry: Registry): string {
  const printed = jsonAsBytes ? fromBinary(schema, leave(toBinary(schema, message))) : message;
  return toJsonString(schema, printed, { registry });
}
