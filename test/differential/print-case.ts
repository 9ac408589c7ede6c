import {
  type Case,
  type EnumModel,
  type FieldModel,
  type FileModel,
  isEditions,
  type MessageModel,
  messagesIn,
  type RangeModel,
  type Settings,
  type TypeModel,
} from "./model.js";

/**
 * The sources of a case by path. Edits may leave what no compiler takes (a reference to something deleted,
 * a required field under proto3); it is printed as the nearest thing that compiles.
 */
export function printCase(model: Case): ReadonlyMap<string, string> {
  return new Map(model.files.map((file, index) => [file.path, new Printer(model, file, index).print()]));
}

class Printer {
  /** Full names of the types that the file may use. */
  private readonly visible = new Map<MessageModel | EnumModel, string>();
  private readonly closed = new Set<EnumModel>();

  constructor(
    private readonly model: Case,
    private readonly file: FileModel,
    index: number,
  ) {
    // Each file imports those before it.
    for (const seen of model.files.slice(0, index + 1)) {
      for (const message of seen.messages) this.see(seen, message, seen.package);
      for (const declared of seen.enums) this.seeEnum(seen, declared, seen.package);
    }
  }

  print(): string {
    const { file, model } = this;
    const imports = [
      ...model.files.slice(0, model.files.indexOf(file)).map(({ path }) => path),
      ...(isEditions(file)
        ? ["google/protobuf/cpp_features.proto", "google/protobuf/java_features.proto"]
        : []),
    ];
    return [
      ...head(file),
      ...Array.from({ length: file.padding }, () => ""),
      ...(file.package === "" ? [] : [`package ${file.package};`]),
      ...imports.map((path) => `import "${path}";`),
      ...statements(this.fileOptions(), ""),
      ...file.messages.flatMap((message) => this.message(message, "")),
      ...file.enums.flatMap((declared) => this.enum(declared, "")),
      ...this.services(),
      ...this.extensions(file.extensions, ""),
      "",
    ].join("\n");
  }

  private fileOptions(): Settings {
    const { file } = this;
    const { java_string_check_utf8, java_multiple_files, ...options } = file.options;
    const elder = java_string_check_utf8 === undefined ? {} : { java_string_check_utf8 };
    const beforeNewest = java_multiple_files === undefined ? {} : { java_multiple_files };
    return {
      ...options,
      ...(isEditions(file) ? {} : elder),
      ...(file.syntax === "2024" ? newest : beforeNewest),
      ...this.features(file.features),
    };
  }

  private services(): string[] {
    return this.file.services.flatMap(({ name, methods }) => [
      "",
      `service ${name} {`,
      ...unique(methods, (method) => method.name).map((method) => {
        const input = `${method.clientStreams ? "stream " : ""}${this.messageName(method.input)}`;
        const output = `${method.serverStreams ? "stream " : ""}${this.messageName(method.output)}`;
        const body = statements(method.options, " ").join("");
        return `  rpc ${method.name}(${input}) returns (${output})${body === "" ? ";" : ` {${body} }`}`;
      }),
      "}",
    ]);
  }

  private see(file: FileModel, message: MessageModel, scope: string): void {
    const fullName = scope === "" ? message.name : `${scope}.${message.name}`;
    this.visible.set(message, fullName);
    for (const nested of message.messages) this.see(file, nested, fullName);
    for (const declared of message.enums) this.seeEnum(file, declared, fullName);
  }

  private seeEnum(file: FileModel, declared: EnumModel, scope: string): void {
    const closed = isClosed(file, declared);
    // proto3 has no use for closed enums.
    if (closed && this.file.syntax === "proto3") return;
    if (closed) this.closed.add(declared);
    this.visible.set(declared, scope === "" ? declared.name : `${scope}.${declared.name}`);
  }

  private messageName(message: MessageModel): string {
    const anchor = this.model.files[0]!;
    return `.${this.visible.get(message) ?? (anchor.package === "" ? "Anchor" : `${anchor.package}.Anchor`)}`;
  }

  private message(message: MessageModel, indent: string): string[] {
    const inner = `${indent}  `;
    const fields = tidy(message);
    const oneofs = [...new Set(fields.flatMap(({ oneof }) => oneof ?? []))];
    const ranges = this.isElder ? [] : disjoint(message.extensionRanges, fields, []);
    const reserved = disjoint(message.reservedRanges, fields, ranges);
    const names = message.reservedNames.filter((name) => !fields.some((field) => field.name === name));
    return [
      "",
      `${indent}message ${message.name} {`,
      ...statements({ ...message.options, ...this.features(message.features) }, inner),
      ...reserved.map((range) => `${inner}reserved ${printRange(range)};`),
      ...this.reservedNames(names, inner),
      ...ranges.map((range) => `${inner}extensions ${printRange(range)};`),
      ...fields.filter(({ oneof }) => oneof === undefined).map((field) => this.field(field, inner, false)),
      ...oneofs.flatMap((oneof) => [
        `${inner}oneof ${oneof} {`,
        ...fields
          .filter((field) => field.oneof === oneof)
          .map((field) => this.field(field, `${inner}  `, true)),
        `${inner}}`,
      ]),
      ...message.messages.flatMap((nested) => this.message(nested, inner)),
      ...message.enums.flatMap((declared) => this.enum(declared, inner)),
      ...this.extensions(message.extensions, inner),
      `${indent}}`,
    ];
  }

  /** Whether the file cannot declare extensions of its own messages. */
  private get isElder(): boolean {
    return this.file.syntax === "proto3";
  }

  private get isProto2(): boolean {
    return this.file.syntax === "proto2" || this.file.syntax === "none";
  }

  private reservedNames(names: readonly string[], indent: string): string[] {
    if (names.length === 0) return [];
    const spelled = names.map((name) => (isEditions(this.file) ? name : `"${name}"`));
    return [`${indent}reserved ${spelled.join(", ")};`];
  }

  private field(field: FieldModel, indent: string, inOneof: boolean): string {
    const { type } = field;
    if ("key" in type && !inOneof)
      return `${indent}map<${type.key}, ${this.valueName(type.value)}> ${field.name} = ${field.number}${this.options(field, false, false)};`;
    const label = inOneof ? "" : this.label(field.label);
    if ("group" in type && this.isProto2) {
      const name = field.name[0]!.toUpperCase() + field.name.slice(1);
      const parts = type.group.map(
        (part) => `${indent}  ${this.field({ ...part, oneof: undefined }, "", false)}`,
      );
      return [`${indent}${label}group ${name} = ${field.number} {`, ...parts, `${indent}}`].join("\n");
    }
    const repeated = label === "repeated ";
    return `${indent}${label}${this.typeName(type)} ${field.name} = ${field.number}${this.options(field, label === "" && !inOneof, !repeated)};`;
  }

  private label(label: FieldModel["label"]): string {
    if (this.isProto2) return `${label === "" ? "optional" : label} `;
    if (label === "repeated") return "repeated ";
    return label === "optional" && this.file.syntax === "proto3" ? "optional " : "";
  }

  /** @param bare whether the field has no label and no oneof */
  private options(field: FieldModel, bare: boolean, singular: boolean): string {
    const type = this.typeName(field.type);
    const own: Settings = {};
    if (field.jsonName !== undefined) own.json_name = `"${field.jsonName}"`;
    const given = singular && this.file.syntax !== "proto3" ? this.defaultOf(field) : undefined;
    const { jstype, ctype, packed } = field.options;
    const map = "key" in field.type;
    if (jstype !== undefined && /^s?u?int64$|fixed64$/.test(type) && !map) own.jstype = jstype;
    if (ctype !== undefined && /^(string|bytes)$/.test(type) && !map && this.file.syntax !== "2024")
      own.ctype = ctype;
    if (
      packed !== undefined &&
      !isEditions(this.file) &&
      !singular &&
      /int|fixed|bool|float/.test(type) &&
      !map
    )
      own.packed = packed;
    const features = this.fieldFeatures(field, bare, singular, type);
    const implicit = [field, this.file].some(({ features }) => features.field_presence === "IMPLICIT");
    if (given !== undefined && !(implicit && isEditions(this.file))) own.default = given;
    const printed = Object.entries({ ...own, ...features }).map(([name, value]) => `${name} = ${value}`);
    return printed.length === 0 ? "" : ` [${printed.join(", ")}]`;
  }

  private fieldFeatures(field: FieldModel, bare: boolean, singular: boolean, type: string): Settings {
    if (!isEditions(this.file)) return {};
    const { field_presence, message_encoding, utf8_validation, repeated_field_encoding, ...rest } =
      field.features;
    const map = "key" in field.type;
    const kind =
      "refers" in field.type && this.visible.has(field.type.refers) ? field.type.refers : undefined;
    const picked: Settings = {};
    const takes =
      field_presence !== "IMPLICIT" || (kind?.kind !== "message" && !this.closed.has(kind as EnumModel));
    if (field_presence !== undefined && bare && takes && !map) picked.field_presence = field_presence;
    // Of closed enums there is no zero to stand for nothing.
    const implicit = this.file.features.field_presence === "IMPLICIT";
    if (implicit && bare && !map && this.closed.has(kind as EnumModel)) picked.field_presence ??= "EXPLICIT";
    if (message_encoding !== undefined && kind?.kind === "message")
      picked.message_encoding = message_encoding;
    if (utf8_validation !== undefined && type === "string" && !map) picked.utf8_validation = utf8_validation;
    if (repeated_field_encoding !== undefined && !singular && /int|fixed|bool|float/.test(type) && !map)
      picked.repeated_field_encoding = repeated_field_encoding;
    const cpp = rest["(pb.cpp).string_type"];
    if (cpp !== undefined && field.options.ctype === undefined && /^(string|bytes)$/.test(type) && !map)
      picked["(pb.cpp).string_type"] = cpp;
    const java = rest["(pb.java).utf8_validation"];
    if (java !== undefined && type === "string" && !map && this.file.syntax === "2023")
      picked["(pb.java).utf8_validation"] = java;
    // In one piece it has one place in the source.
    if (rest.whole !== undefined && Object.keys(picked).length > 0) return { features: literal(picked) };
    return this.features(picked);
  }

  private features(features: Settings): Settings {
    if (!isEditions(this.file)) return {};
    return Object.fromEntries(Object.entries(features).map(([name, value]) => [`features.${name}`, value]));
  }

  private defaultOf(field: FieldModel): string | undefined {
    const { type, default: pick } = field;
    if (pick === undefined) return undefined;
    if ("refers" in type) {
      if (type.refers.kind !== "enum" || !this.visible.has(type.refers)) return undefined;
      const { values } = type.refers;
      return values[pick % values.length]?.name;
    }
    const fitting = defaults[this.typeName(type)] ?? [];
    return "scalar" in type && fitting.length > 0 ? fitting[pick % fitting.length] : undefined;
  }

  private typeName(type: TypeModel): string {
    if ("scalar" in type) return type.scalar;
    if ("refers" in type) {
      const name = this.visible.get(type.refers);
      return name === undefined ? "int32" : `.${name}`;
    }
    return "key" in type ? "string" : "int32";
  }

  /** The values of a map begin at zero. */
  private valueName(type: TypeModel): string {
    if ("refers" in type && type.refers.kind === "enum" && type.refers.values[0]?.number !== 0)
      return "int32";
    return this.typeName(type);
  }

  private enum(declared: EnumModel, indent: string): string[] {
    const inner = `${indent}  `;
    const values = unique(declared.values, ({ name }) => name);
    if (!isClosed(this.file, declared) && values[0]?.number !== 0)
      values.unshift({ name: `${declared.name}_NIL`, number: 0 });
    const aliased = new Set(values.map(({ number }) => number)).size < values.length;
    const names = declared.reservedNames.filter((name) => !values.some((value) => value.name === name));
    return [
      "",
      `${indent}enum ${declared.name} {`,
      ...(aliased ? [`${inner}option allow_alias = true;`] : []),
      ...statements(this.features(declared.features), inner),
      ...disjoint(declared.reservedRanges, values, []).map(
        (range) => `${inner}reserved ${printRange(range)};`,
      ),
      ...this.reservedNames(names, inner),
      ...values.map(({ name, number }) => `${inner}${name} = ${number};`),
      `${indent}}`,
    ];
  }

  private extensions(extensions: FileModel["extensions"], indent: string): string[] {
    if (this.isElder) return [];
    const usable = extensions.filter(
      ({ target, field }) => this.visible.has(target) && takes(this.model, target, field.number),
    );
    const distinct = unique(
      unique(usable, ({ field }) => field.name),
      ({ target, field }) => `${this.visible.get(target)} ${field.number}`,
    );
    return distinct.flatMap(({ target, field }) => [
      "",
      `${indent}extend ${this.messageName(target)} {`,
      this.field(asExtension(field), `${indent}  `, false),
      `${indent}}`,
    ]);
  }
}

/** Extensions are optional or repeated, and nothing else. */
function asExtension(field: FieldModel): FieldModel {
  const { field_presence: _, ...features } = field.features;
  return {
    ...field,
    type: "key" in field.type ? { scalar: "int32" } : field.type,
    label: field.label === "repeated" ? "repeated" : "",
    jsonName: undefined,
    features,
  };
}

/** What edition 2024 would forbid otherwise. */
const newest: Settings = {
  "features.enforce_naming_style": "STYLE_LEGACY",
  "features.default_symbol_visibility": "EXPORT_ALL",
};

const defaults: Readonly<Record<string, readonly string[]>> = {
  int32: ["0", "1", "-7", "0x10"],
  sint32: ["0", "1", "-7"],
  uint32: ["0", "1", "16"],
  fixed32: ["0", "1"],
  sfixed32: ["0", "-1"],
  int64: ["0", "1", "9223372036854775807", "9007199254740993"],
  sint64: ["0", "1", "-9223372036854775808"],
  uint64: ["0", "1", "18446744073709551615", "9223372036854775807"],
  fixed64: ["0", "1"],
  sfixed64: ["0", "-1"],
  bool: ["false", "true"],
  float: ["0", "1", "0.1", "inf", "nan", "-0.0", "16777217"],
  double: ["0", "1", "0.1", "inf", "nan", "-inf", "16777217", "9007199254740993"],
  string: ['""', '"a"', '"\\x41"', '"é"', '"1"'],
  bytes: ['""', '"a"', '"\\xff\\n"', '"\\303\\251"', '"1"'],
};

function head(file: FileModel): string[] {
  if (file.syntax === "none") return [];
  return [isEditions(file) ? `edition = "${file.syntax}";` : `syntax = "${file.syntax}";`];
}

function isClosed(file: FileModel, declared: EnumModel): boolean {
  if (!isEditions(file)) return file.syntax !== "proto3";
  return (declared.features.enum_type ?? file.features.enum_type) === "CLOSED";
}

function statements(options: Settings, indent: string): string[] {
  return Object.entries(options).map(([name, value]) => `${indent}option ${name} = ${value};`);
}

function literal(features: Settings): string {
  const parts = Object.entries(features).map(([name, value]) => {
    const [, extension, feature] = /^\((.+)\)\.(.+)$/.exec(name) ?? [];
    return extension === undefined ? `${name}: ${value}` : `[${extension}]: { ${feature}: ${value} }`;
  });
  return `{ ${parts.join(", ")} }`;
}

function printRange([start, end]: RangeModel): string {
  return start === end ? `${start}` : `${start} to ${end}`;
}

/** The ranges that hold nothing in use and do not overlap those before them. */
function disjoint(
  ranges: readonly RangeModel[],
  used: readonly { readonly number: number }[],
  others: readonly RangeModel[],
): RangeModel[] {
  const taken: RangeModel[] = [...others];
  return ranges.filter(([start, end]) => {
    const last = end === "max" ? Infinity : end;
    const clash =
      used.some(({ number }) => start <= number && number <= last) ||
      taken.some(([from, to]) => start <= (to === "max" ? Infinity : to) && from <= last);
    if (!clash) taken.push([start, end]);
    return !clash;
  });
}

function takes(model: Case, target: MessageModel, number: number): boolean {
  const home = model.files.find((file) => messagesIn(file).some(({ message }) => message === target));
  if (home === undefined || home.syntax === "proto3") return false;
  return disjoint(target.extensionRanges, tidy(target), []).some(
    ([start, end]) => start <= number && number <= (end === "max" ? Infinity : end),
  );
}

/** The fields with distinct numbers, names and JSON names. */
function tidy(message: MessageModel): FieldModel[] {
  const distinct = unique(
    unique(message.fields, ({ number }) => number),
    ({ name }) => plain(name),
  );
  const owners = new Map(distinct.map(({ name, number }) => [plain(name), number]));
  return distinct.map((field) => {
    const { jsonName, number } = field;
    if (jsonName === undefined) return field;
    const owner = owners.get(plain(jsonName)) ?? number;
    owners.set(plain(jsonName), owner);
    return owner === number ? field : { ...field, jsonName: undefined };
  });
}

/** What two names must not share, for JSON's sake. */
function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string | number): T[] {
  return items.filter((item, index) => items.findIndex((other) => keyOf(other) === keyOf(item)) === index);
}
