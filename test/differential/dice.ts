import {
  type EnumModel,
  enumsIn,
  type FieldModel,
  type FileModel,
  type MessageModel,
  messagesIn,
  type RangeModel,
  type Settings,
  type Syntax,
  type TypeModel,
} from "./model.js";

/** Throws for everything that a case is made of: the same throws for the same seed. */
export class Dice {
  constructor(private state: number) {}

  int(min: number, max: number): number {
    return min + Math.floor(this.throw() * (max - min + 1));
  }

  /** Mulberry32, by Tommy Ettinger: even where fast-check would prefer the ends. */
  private throw(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  one<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.int(0, most) }, (_, index) => make(index));
  }

  /** Some of `table`, each with one of its values. */
  settings(table: Readonly<Record<string, readonly string[]>>, percent: number): Settings {
    const chosen = Object.keys(table).filter(() => this.chance(percent));
    return Object.fromEntries(chosen.map((name) => [name, this.one(table[name]!)]));
  }

  file(index: number): FileModel {
    const letter = "abc"[index]!;
    const messages = Array.from({ length: this.int(1, 2) }, (_, at) => this.message(`M${letter}${at}`, 0));
    if (index === 0) messages.unshift({ ...this.message("Anchor", 2), messages: [], enums: [] });
    return {
      path: `${letter}.proto`,
      syntax: this.one(syntaxes),
      package: this.chance(10) ? "pkg.sub" : "pkg",
      options: this.settings(fileOptions, 8),
      features: this.settings(fileFeatures, 15),
      messages,
      enums: this.list(2, (at) => this.enum(`E${letter}${at}`)),
      services: [],
      extensions: [],
      padding: this.int(0, 2),
    };
  }

  message(name: string, depth: number): MessageModel {
    const nested = depth < 2 ? this.int(0, 1) : 0;
    return {
      kind: "message",
      name,
      fields: [],
      messages: Array.from({ length: nested }, (_, at) => this.message(`N${depth}${at}`, depth + 1)),
      enums: this.chance(20) ? [this.enum(`NE${depth}`)] : [],
      extensions: [],
      reservedRanges: this.list(2, (at) => this.range(20 + 10 * at)),
      reservedNames: this.list(2, (at) => `gone${at}`),
      extensionRanges: [this.chance(20) ? [100, "max"] : [100, 110], ...this.list(1, () => this.range(60))],
      options: this.settings(messageOptions, 10),
      features: this.settings({ json_format: fileFeatures.json_format }, 15),
    };
  }

  range(from: number): RangeModel {
    return this.chance(40) ? [from, from] : [from, from + this.int(1, 8)];
  }

  enum(name: string): EnumModel {
    const first = this.chance(25) ? this.int(0, 2) : 0;
    const values = Array.from({ length: this.int(1, 4) }, (_, at) => ({
      name: `${name}_V${at}`,
      number: at + first,
    }));
    if (this.chance(30)) values.push({ name: `${name}_ALIAS`, number: this.one(values).number });
    return {
      kind: "enum",
      name,
      values,
      reservedRanges: this.list(2, (at) => (this.chance(15) ? [50, "max"] : this.range(20 + 10 * at))),
      reservedNames: this.list(2, (at) => `${name}_GONE${at}`),
      features: this.settings(
        { json_format: fileFeatures.json_format, enum_type: fileFeatures.enum_type },
        15,
      ),
    };
  }

  field(number: number, seen: readonly FileModel[], type: TypeModel = this.type(seen)): FieldModel {
    return {
      name: `f${number}`,
      number,
      label: this.label(),
      type,
      oneof: this.chance(20) ? this.one(["kind", "choice"]) : undefined,
      jsonName: this.chance(10) ? this.one([`j${number}`, `f${number}`]) : undefined,
      default: this.chance(30) ? this.int(0, 9) : undefined,
      options: this.settings(fieldOptions, 12),
      features: this.settings(fieldFeatures, 12),
    };
  }

  label(): FieldModel["label"] {
    return this.one(["", "", "optional", "required", "repeated"] as const);
  }

  type(seen: readonly FileModel[]): TypeModel {
    const enums = seen.flatMap((file) => enumsIn(file).map(({ declared }) => declared));
    switch (this.int(0, 9)) {
      case 0:
        return { key: this.one(["string", "int32", "bool", "int64"]), value: this.plainType(seen) };
      case 1:
        return { group: [{ ...this.field(1, [], this.scalar()), oneof: undefined }] };
      case 2:
      case 3:
        return { refers: this.one(messagesOf(seen)) };
      case 4:
      case 5:
        return enums.length === 0 ? this.scalar() : { refers: this.one(enums) };
      default:
        return this.scalar();
    }
  }

  plainType(seen: readonly FileModel[]): TypeModel {
    if (seen.length === 0 || this.chance(50)) return this.scalar();
    const enums = seen.flatMap((file) => enumsIn(file).map(({ declared }) => declared));
    return { refers: this.one([...messagesOf(seen), ...enums]) };
  }

  scalar(): TypeModel {
    return { scalar: this.one(scalars) };
  }

  service(name: string, seen: readonly FileModel[]) {
    const methods = Array.from({ length: this.int(1, 3) }, (_, at) => ({
      name: `Do${at}`,
      input: this.one(messagesOf(seen)),
      output: this.one(messagesOf(seen)),
      clientStreams: this.chance(20),
      serverStreams: this.chance(20),
      options: this.settings(methodOptions, 20),
    }));
    return { name, methods };
  }
}

export function messagesOf(files: readonly FileModel[]): readonly MessageModel[] {
  return files.flatMap((file) => messagesIn(file).map(({ message }) => message));
}

export const syntaxes: readonly Syntax[] = ["proto2", "proto2", "proto3", "2023", "2023", "2024", "none"];

const texts = ['"x"', '"y"', '""'];
const flags = ["true", "false"];

export const fileOptions = {
  java_package: texts,
  java_outer_classname: texts,
  optimize_for: ["SPEED", "CODE_SIZE"],
  java_multiple_files: flags,
  go_package: ['"x/y"', '"x/z"'],
  cc_generic_services: flags,
  java_generic_services: flags,
  py_generic_services: flags,
  cc_enable_arenas: flags,
  objc_class_prefix: texts,
  csharp_namespace: texts,
  swift_prefix: texts,
  php_class_prefix: texts,
  php_namespace: texts,
  php_metadata_namespace: texts,
  ruby_package: texts,
  java_string_check_utf8: flags,
  deprecated: flags,
} as const;

export const fileFeatures = {
  field_presence: ["EXPLICIT", "IMPLICIT"],
  enum_type: ["OPEN", "CLOSED"],
  repeated_field_encoding: ["PACKED", "EXPANDED"],
  utf8_validation: ["VERIFY", "NONE"],
  message_encoding: ["LENGTH_PREFIXED", "DELIMITED"],
  json_format: ["ALLOW", "LEGACY_BEST_EFFORT"],
  "(pb.cpp).string_type": ["STRING", "VIEW", "CORD"],
  "(pb.java).utf8_validation": ["DEFAULT", "VERIFY"],
} as const;

export const messageOptions = { no_standard_descriptor_accessor: flags, deprecated: flags } as const;

export const fieldOptions = {
  jstype: ["JS_NORMAL", "JS_STRING", "JS_NUMBER"],
  ctype: ["STRING", "CORD", "STRING_PIECE"],
  packed: flags,
} as const;

export const fieldFeatures = {
  field_presence: ["EXPLICIT", "IMPLICIT", "LEGACY_REQUIRED"],
  message_encoding: fileFeatures.message_encoding,
  utf8_validation: fileFeatures.utf8_validation,
  repeated_field_encoding: fileFeatures.repeated_field_encoding,
  "(pb.cpp).string_type": fileFeatures["(pb.cpp).string_type"],
  "(pb.java).utf8_validation": fileFeatures["(pb.java).utf8_validation"],
  whole: ["yes"],
} as const;

export const methodOptions = {
  idempotency_level: ["IDEMPOTENCY_UNKNOWN", "NO_SIDE_EFFECTS", "IDEMPOTENT"],
  deprecated: flags,
} as const;

const scalars = [
  "int32",
  "int64",
  "uint32",
  "uint64",
  "sint32",
  "sint64",
  "bool",
  "string",
  "string",
  "bytes",
  "fixed32",
  "sfixed32",
  "fixed64",
  "sfixed64",
  "double",
  "float",
];
