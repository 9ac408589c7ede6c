import { type DescMessage, fromBinary, type JsonValue, type Registry, toJson } from "@bufbuild/protobuf";
import { toHex } from "./defaults.js";
import type { Sample } from "./proof.js";

/** Bytes of a message as people and programs can look at them. */
export function makeSample(desc: DescMessage, bytes: Uint8Array, registry: Registry): Sample {
  const json = jsonOf(desc, bytes, registry);
  const sample = { message: desc.typeName, hex: toHex(bytes) };
  return json === undefined ? sample : { ...sample, json };
}

/** Some messages have no JSON: a Timestamp out of range, an Any of an unknown type, bytes that do not decode. */
function jsonOf(desc: DescMessage, bytes: Uint8Array, registry: Registry): JsonValue | undefined {
  try {
    return toJson(desc, fromBinary(desc, bytes), { registry });
  } catch {
    return undefined;
  }
}
