// Five hundred small messages that no two programs would have alike, in two generations, by chance with a seed.
import { seeded } from "./random.mjs";

export const manyCount = 500;

/** The protos, and the change of each message as somebody who has protobuf-es would write it. */
export function manyTypes() {
  const random = seeded(500);
  const messages = Array.from({ length: manyCount }, (_, index) => makeMessage(`M${index}`, random));
  return {
    protos: { ...protosOf("v3", messages), ...protosOf("v4", messages) },
    changes: `import { create } from "@bufbuild/protobuf";\n\n${helpers}\n${messages.map(printChange).join("\n")}`,
  };
}

/** Twenty types a file, as code generators take their time over long ones. */
function protosOf(version, messages) {
  const file = (path, imports, declarations) => [
    `many/${version}/${path}`,
    [`syntax = "proto3";`, `package many.${version};`, ...imports.map((each) => `import "${each}";`)]
      .concat(declarations)
      .join("\n"),
  ];
  const imports = [`many/${version}/shared.proto`, ...(version === "v4" ? ["proto4/options.proto"] : [])];
  const files = Array.from({ length: messages.length / 20 }, (_, index) => {
    const some = messages.slice(20 * index, 20 * (index + 1));
    return file(
      `types_${index}.proto`,
      imports,
      some.map((message) => print(message, version)),
    );
  });
  return Object.fromEntries([file("shared.proto", [], [kindEnum(version), partMessage(version)]), ...files]);
}

/** Three to twelve fields; the first one always changes its number, so that no message stays as it is. */
function makeMessage(name, random) {
  const fields = Array.from({ length: random.between(3, 13) }, (_, index) => {
    const type = random.pick(types);
    const change = index === 0 ? "renumber" : random.pick(changes);
    return { name: `${random.text(4)}${index}`, number: index + 1, type, change };
  });
  return { name, fields };
}

const types = [
  "string",
  "int32",
  "int64",
  "bool",
  "double",
  "bytes",
  "fixed32",
  "repeated int32",
  "repeated string",
  "Kind",
  "Part",
  "repeated Part",
];

const changes = ["none", "none", "none", "renumber", "rename", "widen"];

const kindEnum = (version) =>
  `enum Kind { KIND_UNSPECIFIED = 0; KIND_A = ${version === "v3" ? 1 : 11}; KIND_B = ${version === "v3" ? 2 : 12}; }`;

const partMessage = (version) =>
  `message Part { string key = 1; int32 count = ${version === "v3" ? 2 : 3}; double weight = 4; }`;

function print({ name, fields }, version) {
  const lines = fields.map((field) => `  ${version === "v3" ? elder(field) : newer(field)}`);
  return `message ${name} {\n${lines.join("\n")}\n}`;
}

function elder({ type, name, number }) {
  return `${type} ${name} = ${number};`;
}

function newer({ type, name, number, change }) {
  if (change === "renumber") return `${type} ${name} = ${number + 20};`;
  if (change === "rename")
    return `${type} ${name}_now = ${number} [(proto4.field_terms) = {was: "${name}"}];`;
  return `${isWidened({ type, change }) ? "int64" : type} ${name} = ${number};`;
}

function isWidened({ type, change }) {
  return type === "int32" && change === "widen";
}

const helpers = `const kind = (value) => (value === 1 ? 11 : value === 2 ? 12 : value);
const part = (value) => value && { key: value.key, count: value.count, weight: value.weight };
`;

function printChange({ name, fields }) {
  const lines = fields.map((field) => {
    const value = `message.${field.name}`;
    return `    ${field.name}${field.change === "rename" ? "Now" : ""}: ${changed(field, value)},`;
  });
  return `export function ${name}(schema, message) {\n  return create(schema, {\n${lines.join("\n")}\n  });\n}\n`;
}

function changed(field, value) {
  if (field.type === "Kind") return `kind(${value})`;
  if (field.type === "Part") return `part(${value})`;
  if (field.type === "repeated Part") return `${value}.map(part)`;
  return isWidened(field) ? `BigInt(${value})` : value;
}
