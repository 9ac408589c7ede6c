import type { JsonValue } from "@bufbuild/protobuf";
import { Proto4Error } from "../diagnostics/index.js";
import { type Field, fileOf, locatePath, type Schema } from "../schema/index.js";
import { encodeJson } from "./encode-json.js";
import { unsupported } from "./refuse.js";

/**
 * What v4 gets where v3 cannot say, in canonical encoding.
 * @returns `undefined` where the field declares nothing
 * @throws Proto4Error "mapping-unsupported"
 */
export function bridgeDefaultOf(field: Field, schema: Schema): Uint8Array | undefined {
  const { bridgeDefault } = field.lifecycle.terms;
  if (bridgeDefault === undefined) return undefined;
  if (field.cardinality === "repeated" || field.cardinality === "map" || field.oneof !== undefined)
    throw unsupported(
      field,
      `${field.fullName} has a bridge_default, and is ${field.oneof === undefined ? `a ${field.cardinality === "map" ? "map" : "list"}` : "in a oneof"}`,
      "leave it out: nothing there is what v3 said",
    );
  try {
    return encodeJson(field, JSON.parse(bridgeDefault) as JsonValue, schema);
  } catch (cause) {
    const type = field.typeName ?? field.type;
    throw new Proto4Error(
      "mapping-unsupported",
      `the bridge_default of ${field.fullName} is ${JSON.stringify(bridgeDefault)}, which is no protobuf JSON of ${type}; ` +
        `write it like bridge_default: ${JSON.stringify(example(field, schema))}`,
      { location: placeOf(field), cause },
    );
  }
}

function placeOf(field: Field) {
  const option = [...field.path, 8, 50401];
  const file = fileOf(field);
  return (
    locatePath(file, [...option, 6]) ??
    locatePath(file, option) ??
    locatePath(file, field.path) ?? { path: file.fullName }
  );
}

function example({ type, typeName }: Field, { declared }: Schema): string {
  const named = typeName === undefined ? undefined : declared.get(typeName);
  if (named?.kind === "enum") return JSON.stringify(named.values.at(-1)?.name);
  if (named?.kind === "message") return messages[named.fullName] ?? "{}";
  return scalars[type] ?? "7";
}

const scalars: Readonly<Partial<Record<Field["type"], string>>> = {
  string: '"text"',
  bytes: '"AQI="',
  bool: "true",
  float: "0.5",
  double: "0.5",
  int64: '"7"',
  uint64: '"7"',
  sint64: '"7"',
  fixed64: '"7"',
  sfixed64: '"7"',
};

const messages: Readonly<Partial<Record<string, string>>> = {
  "google.protobuf.Timestamp": '"2026-01-15T00:00:00Z"',
  "google.protobuf.Duration": '"1.5s"',
  "google.protobuf.StringValue": '"text"',
  "google.protobuf.BoolValue": "true",
  "google.protobuf.Int32Value": "7",
  "google.protobuf.Int64Value": '"7"',
};
