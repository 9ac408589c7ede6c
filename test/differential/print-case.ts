import {
  type Case,
  type EnumModel,
  type FieldModel,
  type FileModel,
  type MessageModel,
  messagesIn,
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
    const head = file.syntax === "2023" ? 'edition = "2023";' : `syntax = "${file.syntax}";`;
    const imports = model.files.slice(0, model.files.indexOf(file)).map(({ path }) => `import "${path}";`);
    const services = file.services.map(({ name, methods }) => {
      const lines = methods.map(
        ({ name: method, input, output, streams }) =>
          `  rpc ${method}(${this.messageName(input)}) returns (${streams ? "stream " : ""}${this.messageName(output)});`,
      );
      return ["", `service ${name} {`, ...unique(lines, (line) => line.split("(")[0]!), "}"];
    });
    return [
      head,
      ...Array.from({ length: file.padding }, () => ""),
      ...(file.package === "" ? [] : [`package ${file.package};`]),
      ...imports,
      ...file.messages.flatMap((message) => this.message(message, "")),
      ...file.enums.flatMap((declared) => this.enum(declared, "")),
      ...services.flat(),
      ...this.extensions(),
      "",
    ].join("\n");
  }

  private see(file: FileModel, message: MessageModel, scope: string): void {
    const fullName = `${scope}.${message.name}`;
    this.visible.set(message, fullName);
    for (const nested of message.messages) this.see(file, nested, fullName);
    for (const declared of message.enums) this.seeEnum(file, declared, fullName);
  }

  private seeEnum(file: FileModel, declared: EnumModel, scope: string): void {
    // Closed enums are for their own kind only.
    if (this.file.syntax === file.syntax || this.file.syntax === "proto2")
      this.visible.set(declared, `${scope}.${declared.name}`);
  }

  private messageName(message: MessageModel): string {
    return `.${this.visible.get(message) ?? `${this.model.files[0]!.package}.Anchor`}`;
  }

  private message(message: MessageModel, indent: string): string[] {
    const inner = `${indent}  `;
    const fields = tidy(message);
    const oneofs = [...new Set(fields.flatMap(({ oneof }) => oneof ?? []))];
    const reserved = message.reservedRanges.filter(
      ([start, end]) => !fields.some(({ number }) => start <= number && number <= end),
    );
    const names = message.reservedNames.filter((name) => !fields.some((field) => field.name === name));
    return [
      "",
      `${indent}message ${message.name} {`,
      ...reserved.map(([start, end]) => `${inner}reserved ${start === end ? start : `${start} to ${end}`};`),
      ...(names.length === 0
        ? []
        : [
            `${inner}reserved ${names.map((name) => (this.file.syntax === "2023" ? name : `"${name}"`)).join(", ")};`,
          ]),
      ...(this.file.syntax === "proto3" ? [] : [`${inner}extensions 100 to 110;`]),
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
      `${indent}}`,
    ];
  }

  private field(field: FieldModel, indent: string, inOneof: boolean): string {
    const { syntax } = this.file;
    const { type } = field;
    if ("key" in type && !inOneof)
      return `${indent}map<${type.key}, ${this.typeName(type.value)}> ${field.name} = ${field.number}${this.options(field, false)};`;
    const label = inOneof ? "" : this.label(field.label);
    if ("group" in type && syntax === "proto2") {
      const name = field.name[0]!.toUpperCase() + field.name.slice(1);
      const parts = type.group.map(
        (part) => `${indent}  ${this.field({ ...part, oneof: undefined }, "", false)}`,
      );
      return [`${indent}${label}group ${name} = ${field.number} {`, ...parts, `${indent}}`].join("\n");
    }
    return `${indent}${label}${this.typeName(type)} ${field.name} = ${field.number}${this.options(field, label === "" && !inOneof)};`;
  }

  private label(label: FieldModel["label"]): string {
    if (this.file.syntax === "proto2") return `${label === "" ? "optional" : label} `;
    if (label === "repeated") return "repeated ";
    return label === "optional" && this.file.syntax === "proto3" ? "optional " : "";
  }

  private options(field: FieldModel, singular: boolean): string {
    const options = field.jsonName === undefined ? [] : [`json_name = "${field.jsonName}"`];
    const isMessage =
      "refers" in field.type && this.visible.has(field.type.refers) && field.type.refers.kind === "message";
    if (this.file.syntax === "2023") {
      if (field.feature === "DELIMITED" && isMessage) options.push("features.message_encoding = DELIMITED");
      if (field.feature === "IMPLICIT" && singular && !isMessage)
        options.push("features.field_presence = IMPLICIT");
      if (field.feature === "LEGACY_REQUIRED" && singular)
        options.push("features.field_presence = LEGACY_REQUIRED");
    }
    return options.length === 0 ? "" : ` [${options.join(", ")}]`;
  }

  private typeName(type: TypeModel): string {
    if ("scalar" in type) return type.scalar;
    if ("refers" in type) {
      const name = this.visible.get(type.refers);
      return name === undefined ? "int32" : `.${name}`;
    }
    return "int32";
  }

  private enum(declared: EnumModel, indent: string): string[] {
    const values = unique(declared.values, ({ name }) => name);
    if (this.file.syntax !== "proto2" && values[0]?.number !== 0)
      values.unshift({ name: `${declared.name}_NIL`, number: 0 });
    const aliased = new Set(values.map(({ number }) => number)).size < values.length;
    return [
      "",
      `${indent}enum ${declared.name} {`,
      ...(aliased ? [`${indent}  option allow_alias = true;`] : []),
      ...values.map(({ name, number }) => `${indent}  ${name} = ${number};`),
      `${indent}}`,
    ];
  }

  private extensions(): string[] {
    if (this.file.syntax === "proto3") return [];
    const usable = this.file.extensions.filter(
      ({ target }) => this.visible.has(target) && this.extensible(target),
    );
    const distinct = unique(
      unique(usable, ({ field }) => field.name),
      ({ target, field }) => `${this.visible.get(target)} ${field.number}`,
    );
    return distinct.flatMap(({ target, field }) => [
      "",
      `extend ${this.messageName(target)} {`,
      this.field(
        {
          ...field,
          type: "key" in field.type ? { scalar: "int32" } : field.type,
          label: field.label === "repeated" ? "repeated" : "optional",
          jsonName: undefined,
          feature: "",
        },
        "  ",
        false,
      ),
      "}",
    ]);
  }

  private extensible(target: MessageModel): boolean {
    return this.model.files.some(
      (file) => file.syntax !== "proto3" && messagesIn(file).some(({ message }) => message === target),
    );
  }
}

/** The fields with distinct numbers, names and JSON names. */
function tidy(message: MessageModel): FieldModel[] {
  const distinct = unique(
    unique(message.fields, ({ number }) => number),
    ({ name }) => name.toLowerCase(),
  );
  const taken = new Set<string>();
  return distinct.map((field) => {
    const jsonName = field.jsonName !== undefined && taken.has(field.jsonName) ? undefined : field.jsonName;
    taken.add(jsonName ?? field.name);
    return { ...field, jsonName };
  });
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string | number): T[] {
  return items.filter((item, index) => items.findIndex((other) => keyOf(other) === keyOf(item)) === index);
}
