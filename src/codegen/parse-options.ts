import { Proto4Error } from "../diagnostics/index.js";
import { nearest } from "./nearest.js";

/** What the caller of the plug-in may choose. */
export interface Options {
  /** Which generator makes the stubs of the elder generation. */
  readonly v3: "es" | "ts-proto";
  /** The parameter for protoc-gen-es. */
  readonly es: string;
  /** The parameter for protoc-gen-ts_proto. */
  readonly tsProto: string;
  /** The field that carries stashes; `undefined` for the default. */
  readonly stashField: number | undefined;
}

/**
 * Reads the parameter of a `CodeGeneratorRequest`: `v3=ts-proto,es.json_types=true,ts-proto.useDate=string`.
 * @throws Proto4Error "option-unknown", naming the nearest one that exists
 */
export function parseOptions(parameter: string): Options {
  const es = new Map(esDefaults);
  const tsProto = new Map(tsProtoDefaults);
  let v3: Options["v3"] = "es";
  let stashField: number | undefined;
  for (const option of parameter.split(",").filter((part) => part !== "")) {
    const [key, value] = split(option);
    if (key === "v3") v3 = parseV3(value);
    else if (key === "stash_field") stashField = parseNumber(value);
    else if (key.startsWith("es.")) es.set(key.slice(3), value);
    else if (key.startsWith("ts-proto.")) tsProto.set(checkForced(key.slice(9), value), value);
    else throw unknown(key);
  }
  return { v3, es: print(es), tsProto: print(tsProto), stashField };
}

function split(option: string): readonly [key: string, value: string | undefined] {
  const at = option.indexOf("=");
  return at < 0 ? [option, undefined] : [option.slice(0, at), option.slice(at + 1)];
}

function parseV3(value: string | undefined): Options["v3"] {
  if (value === "es" || value === "ts-proto") return value;
  throw new Proto4Error("option-unknown", `v3 is "es" or "ts-proto", not "${value ?? ""}"`);
}

function parseNumber(value: string | undefined): number {
  const number = Number(value);
  if (/^\d+$/.test(value ?? "") && number > 0 && number <= lastNumber) return number;
  throw new Proto4Error(
    "option-unknown",
    `stash_field is the number of a field, from 1 to ${lastNumber}, not "${value ?? ""}"`,
  );
}

function checkForced(key: string, value: string | undefined): string {
  const forced = tsProtoForced.get(key);
  if (forced !== undefined && forced.value !== value)
    throw new Proto4Error(
      "option-unknown",
      `ts-proto.${key} is always ${forced.value}: ${forced.reason}; leave the option out`,
    );
  return key;
}

function unknown(key: string): Proto4Error {
  const guess = nearest(key, ["v3", "stash_field", ...prefixed]);
  return new Proto4Error(
    "option-unknown",
    [
      `there is no option "${key}"${guess === undefined ? "" : `; did you mean "${guess}"?`}`,
      "options: v3=es|ts-proto, stash_field=NUMBER, es.NAME=VALUE for protoc-gen-es, ts-proto.NAME=VALUE for protoc-gen-ts_proto",
    ].join("\n"),
  );
}

function print(options: ReadonlyMap<string, string | undefined>): string {
  return [...options].map(([key, value]) => (value === undefined ? key : `${key}=${value}`)).join(",");
}

/** The largest that a tag can hold. */
const lastNumber = 2 ** 29 - 1;

const esDefaults: readonly (readonly [string, string | undefined])[] = [
  ["target", "ts"],
  ["import_extension", "js"],
];

const tsProtoForced = new Map([
  ["unknownFields", { value: "true", reason: "what v3 cannot say travels as an unknown field" }],
  ["emitImportedFiles", { value: "false", reason: "proto4 hands over the files that are needed" }],
]);

const tsProtoDefaults: readonly (readonly [string, string | undefined])[] = [
  ["esModuleInterop", "true"],
  ["importSuffix", ".js"],
  ["outputServices", "grpc-js"],
  ...[...tsProtoForced].map(([key, { value }]) => [key, value] as const),
];

/** Those that are most likely meant by somebody who forgets the prefix. */
const prefixed: readonly string[] = [
  ...["target", "import_extension", "js_import_style", "json_types", "valid_types", "ts_nocheck"].map(
    (key) => `es.${key}`,
  ),
  ...[
    "esModuleInterop",
    "importSuffix",
    "outputServices",
    "unknownFields",
    "forceLong",
    "useDate",
    "oneof",
  ].map((key) => `ts-proto.${key}`),
];
