import fc from "fast-check";
import type { Side } from "./check-cases.js";

/** Both sides of a generated pair, as sources. */
export interface Pair {
  readonly before: Side;
  readonly after: Side;
}

/** A contract of package `pkg`, which imports two generations of another package. */
interface Contract {
  readonly syntax: Syntax;
  readonly suffix: string;
  /** Those of `pkg`, of `pkg.v1` and of `pkg.v2`. */
  readonly files: readonly (readonly Message[])[];
}

type Syntax = "proto2" | "proto3" | "2023";

interface Message {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly nested: readonly Message[];
}

interface Field {
  /** A single letter, so that the entry of a map tells its field. */
  readonly name: string;
  readonly number: number;
  readonly label: "" | "optional" | "required" | "repeated";
  readonly type: Type;
  readonly oneof: "" | "o" | "p" | "q";
}

type Type =
  | { readonly scalar: string }
  | { readonly refers: string; readonly file: number }
  | { readonly key: string; readonly value: Type }
  | { readonly group: readonly Field[] };

type Edit = (contract: Contract) => Contract;

const scalars = [
  ...["int32", "int64", "uint32", "uint64", "bool", "sint32", "sint64", "string", "bytes", "string"],
  ...["fixed32", "sfixed32", "fixed64", "sfixed64", "float", "double", "E", "E"],
];

const scalar = fc.constantFrom(...scalars).map((name): Type => ({ scalar: name }));
const refers = fc
  .record({ refers: fc.constantFrom("A", "B", "A.I"), file: fc.constantFrom(0, 1, 2) })
  .map((type): Type => type);
const key = fc.constantFrom("string", "int32", "int64", "bool", "sint32", "fixed32");
const map = fc.record({ key, value: fc.oneof(scalar, refers) }).map((type): Type => type);
const label = fc.constantFrom<Field["label"]>("", "optional", "required", "repeated");
const oneof = fc.constantFrom<Field["oneof"]>("", "", "", "o", "o", "p", "q");
const inGroup = fc.record({ name: fc.constant("x"), number: fc.constant(1), label, type: scalar });
const group = inGroup.map((field): Type => ({ group: [{ ...field, oneof: "" }] }));
const type = fc.oneof(
  { arbitrary: scalar, weight: 5 },
  { arbitrary: refers, weight: 3 },
  { arbitrary: map, weight: 2 },
  { arbitrary: group, weight: 1 },
);

const letters = [..."abcdefghijkl"];

const fields = fc
  .array(fc.record({ label, type, oneof }), { maxLength: 6 })
  .map((list) => list.map((field, index) => ({ ...field, name: letters[index]!, number: index + 1 })));

const message = (name: string, nested: readonly string[]): fc.Arbitrary<Message> =>
  fc.record({
    name: fc.constant(name),
    fields,
    nested: fc.tuple(...nested.map((inner) => message(inner, []))),
  });

const file = fc.tuple(message("A", ["I", "J"]), message("B", []));

const contract = fc
  .record({ syntax: fc.constantFrom<Syntax>("proto2", "proto3", "2023"), main: file, imported: file })
  .map(({ syntax, main, imported }): Contract => ({ syntax, suffix: "", files: [main, imported, imported] }));

/** Which message, by throws: file, top-level or nested, field. */
const target = fc.record({
  file: fc.constantFrom(0, 0, 0, 1, 2),
  index: fc.nat(3),
  inside: fc.boolean(),
  field: fc.nat(5),
});

type Target = typeof target extends fc.Arbitrary<infer T> ? T : never;

const fieldEdit: fc.Arbitrary<(field: Field) => Field | undefined> = fc.oneof(
  fc.constant(() => undefined),
  type.map((to) => (field: Field) => ({ ...field, type: to })),
  scalar.map((to) => (field: Field) => ("scalar" in field.type ? { ...field, type: to } : field)),
  fc
    .nat(2)
    .map(
      (to) => (field: Field) =>
        "refers" in field.type ? { ...field, type: { ...field.type, file: to } } : field,
    ),
  label.map((to) => (field: Field) => ({ ...field, label: to })),
  oneof.map((to) => (field: Field) => ({ ...field, oneof: to })),
  fc.constant((field: Field) => ({ ...field, name: letters[field.number + 5] ?? "y" })),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { arbitrary: fc.tuple(target, fieldEdit).map(([at, change]) => onField(at, change)), weight: 36 },
  { arbitrary: fc.tuple(target, fc.record({ label, type, oneof })).map(addField), weight: 9 },
  { arbitrary: fc.tuple(target, oneof, oneof).map(renameOneof), weight: 9 },
  { arbitrary: target.map(removeMember), weight: 8 },
  { arbitrary: fc.tuple(target, fc.constantFrom(0, 1, 2)).map(importFrom), weight: 12 },
  { arbitrary: target.map(removeMessage), weight: 3 },
  { arbitrary: fc.constant<Edit>((whole) => ({ ...whole, suffix: ".moved" })), weight: 1 },
  { arbitrary: fc.constant<Edit>(turnAround), weight: 3 },
);

/** Mostly alike, or nearly every pair would be incompatible for many reasons at once. */
export const pair: fc.Arbitrary<Pair> = fc
  .record({
    base: contract,
    apart: fc.array(fc.tuple(target, fieldEdit), { maxLength: 3 }),
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  })
  .map(({ base, apart, edits }) => {
    // What tells the two generations of the imported package from each other is there on both sides.
    const before = apart.reduce((whole, [at, change]) => onField({ ...at, file: 2 }, change)(whole), base);
    const after = edits.reduce((whole, change) => change(whole), before);
    return { before: print(before), after: print(after) };
  });

function onField(at: Target, change: (field: Field) => Field | undefined): Edit {
  return onMessage(at, (message) => ({
    ...message,
    fields: message.fields.flatMap((field, index) =>
      index === at.field % message.fields.length ? (change(field) ?? []) : field,
    ),
  }));
}

function addField([at, field]: readonly [Target, Omit<Field, "name" | "number">]): Edit {
  return onMessage(at, (message) => ({
    ...message,
    fields: [...message.fields, { ...field, name: "x", number: 20 }].filter(
      ({ number }, index, all) => all.findIndex((other) => other.number === number) === index,
    ),
  }));
}

function renameOneof([at, from, to]: readonly [Target, Field["oneof"], Field["oneof"]]): Edit {
  return onMessage(at, (message) => ({
    ...message,
    fields: message.fields.map((field) => (field.oneof === from ? { ...field, oneof: to } : field)),
  }));
}

/** Removes the second member of a oneof that has two, so that the oneof stays. */
function removeMember(at: Target): Edit {
  return onMessage(at, (message) => {
    const members = message.fields.filter((field, index, all) =>
      all.slice(0, index).some(({ oneof }) => oneof !== "" && oneof === field.oneof),
    );
    return { ...message, fields: message.fields.filter((field) => field !== members[0]) };
  });
}

/** Takes every message that a message refers to from another package. */
function importFrom([at, file]: readonly [Target, number]): Edit {
  return onMessage({ ...at, file: 0 }, (message) => ({
    ...message,
    fields: message.fields.map((field) =>
      "refers" in field.type ? { ...field, type: { ...field.type, file } } : field,
    ),
  }));
}

function removeMessage({ file, index, inside }: Target): Edit {
  return ({ files, ...whole }) => ({
    ...whole,
    files: files.map((messages, at) => {
      if (at !== file) return messages;
      if (!inside) return messages.filter((_, place) => place !== index);
      return messages.map((message) => ({ ...message, nested: message.nested.slice(0, index) }));
    }),
  });
}

function turnAround({ files, ...whole }: Contract): Contract {
  return { ...whole, files: files.map((messages) => messages.toReversed()) };
}

function onMessage({ file, index, inside }: Target, change: (message: Message) => Message): Edit {
  const within = (message: Message): Message =>
    inside && message.nested.length > 0
      ? { ...message, nested: message.nested.map((inner, at) => (at === index % 2 ? change(inner) : inner)) }
      : change(message);
  return ({ files, ...whole }) => ({
    ...whole,
    files: files.map((messages, at) =>
      at === file
        ? messages.map((message, place) => (place === index % 2 ? within(message) : message))
        : messages,
    ),
  });
}

function print(contract: Contract): Side {
  return {
    "a.proto": printFile(contract, 0, `package pkg${contract.suffix}; import "b.proto"; import "c.proto";`),
    "b.proto": printFile(contract, 1, "package pkg.v1;"),
    "c.proto": printFile(contract, 2, "package pkg.v2;"),
  };
}

function printFile(contract: Contract, file: number, head: string): string {
  const { syntax } = contract;
  const said = syntax === "2023" ? 'edition = "2023"' : `syntax = "${syntax}"`;
  const printer = new Printer(contract, file);
  const body = contract.files[file]!.map((message) => printer.message(message));
  return [`${said};`, head, "enum E { Z = 0; }", ...body].join("\n");
}

class Printer {
  constructor(
    private readonly contract: Contract,
    private readonly file: number,
  ) {}

  message({ name, fields, nested }: Message): string {
    const free = fields.filter((field) => !this.isMember(field)).map((field) => this.field(field));
    const oneofs = ["o", "p", "q"].map((oneof) => {
      const members = fields.filter((field) => this.isMember(field) && field.oneof === oneof);
      if (members.length === 0) return "";
      return `oneof ${oneof} { ${members.map((field) => this.field({ ...field, label: "" })).join(" ")} }`;
    });
    const inner = nested.map((message) => this.message(message));
    return `message ${name} { ${[...free, ...oneofs, ...inner].filter(Boolean).join("\n  ")} }`;
  }

  /** A map is in no oneof, nor is what has a label of its own. */
  private isMember({ oneof, type, label }: Field): boolean {
    return oneof !== "" && !("key" in type) && label !== "repeated" && label !== "required";
  }

  private field(field: Field): string {
    const { type, number, name } = field;
    if ("key" in type) return `map<${type.key}, ${this.type(type.value)}> ${name} = ${number};`;
    const { syntax } = this.contract;
    const member = this.isMember(field);
    if ("group" in type && syntax === "proto2") {
      const body = type.group.map((inner) => this.field(inner)).join(" ");
      return `${this.label(field, member)}group ${name.toUpperCase()}G = ${number} { ${body} }`;
    }
    const options = [
      ...("group" in type && syntax === "2023" && this.delimited !== undefined
        ? ["features.message_encoding = DELIMITED"]
        : []),
      ...(syntax === "2023" && field.label === "required"
        ? ["features.field_presence = LEGACY_REQUIRED"]
        : []),
    ];
    const brackets = options.length === 0 ? "" : ` [${options.join(", ")}]`;
    return `${this.label(field, member)}${this.type(type)} ${name} = ${number}${brackets};`;
  }

  private label({ label }: Field, member: boolean): string {
    const { syntax } = this.contract;
    if (member) return "";
    if (label === "repeated") return "repeated ";
    if (syntax === "proto2") return label === "required" ? "required " : "optional ";
    return syntax === "proto3" && label === "optional" ? "optional " : "";
  }

  /** What stands for a group where the syntax has none. */
  private get delimited(): string | undefined {
    return this.contract.files[this.file]!.find(({ name }) => name === "B")?.name;
  }

  /** A name that is not there, or that may not be imported here, gives way to the file's own or to a number. */
  private type(type: Type): string {
    if ("scalar" in type) return type.scalar;
    if ("group" in type) return this.delimited ?? "int32";
    if ("key" in type) return "int32";
    const file = this.file === 0 ? type.file : this.file;
    const [top, inner] = type.refers.split(".");
    const found = this.contract.files[file]!.find(({ name }) => name === top);
    const isThere =
      found !== undefined && (inner === undefined || found.nested.some(({ name }) => name === inner));
    const scope = [`.pkg${this.contract.suffix}`, ".pkg.v1", ".pkg.v2"][file];
    return isThere ? `${scope}.${type.refers}` : "int32";
  }
}
