import fc from "fast-check";
import type { Fix } from "../../../src/rules/index.js";

/** A source that compiles, as somebody might have written it, and fixes that can be made in it. */
export interface RandomCase {
  readonly text: string;
  readonly fixes: readonly Fix[];
}

type Syntax = "proto2" | "proto3" | "edition";

interface Style {
  readonly syntax: Syntax;
  readonly newline: string;
  readonly unit: string;
  readonly mark: string;
  readonly hasEnd: boolean;
}

/** @param path of the file, whose package no other has */
export function randomCase(path: string, pkg: string): fc.Arbitrary<RandomCase> {
  return style
    .chain((chosen) =>
      fc.tuple(fc.constant(chosen), fc.array(topLevel(chosen), { minLength: 1, maxLength: 4 })),
    )
    .chain(([chosen, builders]) => {
      const built = builders.map((build, index) => build(`T${index}`));
      const head = [headOf(chosen.syntax), "", `package ${pkg};`, ""];
      const lines = [...head, ...built.flatMap(({ lines }) => lines)];
      const text = print(lines, chosen);
      const asked = built.flatMap(({ fixes }) => fixes(path, pkg)).concat(fileFixes(path));
      return fc.record({ text: fc.constant(text), fixes: fc.shuffledSubarray(asked, { minLength: 1 }) });
    });
}

const style: fc.Arbitrary<Style> = fc.record({
  syntax: fc.constantFrom<Syntax>("proto2", "proto3", "edition"),
  newline: fc.constantFrom("\n", "\n", "\r\n"),
  unit: fc.constantFrom("  ", "  ", "    ", "\t"),
  mark: fc.constantFrom("", "", "\ufeff"),
  hasEnd: fc.boolean(),
});

function headOf(syntax: Syntax): string {
  return syntax === "edition" ? 'edition = "2023";' : `syntax = "${syntax}";`;
}

function print(lines: readonly string[], { newline, unit, mark, hasEnd }: Style): string {
  const shifted = lines.map((line) => line.replace(/^(?: {2})+/, (blanks) => unit.repeat(blanks.length / 2)));
  return mark + shifted.join(newline) + (hasEnd ? newline : "");
}

/** Lines that are indented by two spaces a level, and what can be asked of them. */
interface Built {
  readonly lines: readonly string[];
  readonly fixes: (path: string, pkg: string) => readonly Fix[];
}

type Builder = (name: string) => Built;

function topLevel(chosen: Style): fc.Arbitrary<Builder> {
  return fc.oneof(message(chosen), message(chosen), enumeration(chosen), service());
}

const comment = fc.constantFrom(
  "",
  "",
  "",
  "// About it.",
  "/* About it,\n   at length. */",
  "// Detached.\n",
  "// Above\n// it.",
);
const trailing = fc.constantFrom("", "", "", " // behind", " /* behind */");
const blank = fc.constantFrom("", "", "\n");

function around(statement: string, above: string, behind: string, gap: string): readonly string[] {
  return [...(above === "" ? [] : above.split("\n")), ...`${statement}${behind}${gap}`.split("\n")];
}

const fieldOptions = fc.constantFrom(
  "",
  "",
  " [deprecated = true]",
  " [deprecated = false, retention = RETENTION_RUNTIME]",
  " [\n  // First.\n  deprecated = true, // why\n  retention = RETENTION_SOURCE // last\n]",
  " [\n  targets = TARGET_TYPE_FIELD,\n  deprecated = true\n]",
);

function message(chosen: Style): fc.Arbitrary<Builder> {
  const label = chosen.syntax === "proto2" ? "optional " : "";
  const type = fc.constantFrom("int32", "string", "bytes");
  const field = fc.tuple(comment, type, fieldOptions, trailing, blank);
  return fc
    .record({
      fields: fc.array(field, { maxLength: 5 }),
      reserved: fc.subarray([
        "reserved 100, 102 to 104;",
        "reserved 110;",
        "reserved /* why */ 120, // because\n  122;",
      ]),
      names: fc.boolean(),
      option: fc.constantFrom("", "option deprecated = true;", "option deprecated = false; // hm"),
      oneof: fc.boolean(),
      inLine: fc.boolean(),
      fresh: fc.nat({ max: 20 }),
    })
    .map((shape) => (name: string): Built => {
      const quote = chosen.syntax === "edition" ? "" : '"';
      const members = shape.fields.flatMap(([above, kind, options, behind, gap], index) =>
        around(`${label}${kind} f${index} = ${index + 1}${options};`, above, behind, gap),
      );
      const inside = [
        ...(shape.option === "" ? [] : [shape.option]),
        ...shape.reserved.flatMap((line) => line.split("\n")),
        ...(shape.names ? [`reserved ${quote}gone${quote}, ${quote}lost${quote};`] : []),
        ...members,
        ...(shape.oneof ? ["oneof pick {", "  int32 p = 50;", "  string q = 51; // q", "}"] : []),
      ];
      const isLine = shape.inLine && inside.every((line) => !line.includes("//"));
      const lines = isLine
        ? [`message ${name} { ${inside.join(" ").trim()} }`, ""]
        : [`message ${name} {`, ...inside.map((line) => (line === "" ? "" : `  ${line}`)), "}", ""];
      return {
        lines,
        fixes: (path, pkg) =>
          messageFixes(path, `${pkg}.${name}`, label, shape.fields.length, shape.fresh, shape.oneof),
      };
    });
}

function messageFixes(
  path: string,
  symbol: string,
  label: string,
  count: number,
  fresh: number,
  hasOneof: boolean,
): readonly Fix[] {
  const fields = Array.from({ length: count }, (_, index) => `${symbol}.f${index}`);
  const [first, second, third, fourth, last] = fields;
  const base = { path };
  const of = (name: string | undefined, fix: (symbol: string) => Fix) =>
    name === undefined ? [] : [fix(name)];
  return [
    { ...base, kind: "reserve", symbol, numbers: [{ start: 101, end: 101 }], names: ["lost", "away"] },
    { ...base, kind: "reserve", symbol, numbers: [{ start: 105 + fresh, end: 111 + fresh }], names: [] },
    { ...base, kind: "unreserve", symbol, numbers: [{ start: 103, end: 103 }], names: ["gone"] },
    {
      ...base,
      kind: "insert",
      symbol,
      statement: `// Again.\n${label}int32 again = 60;`,
      after: fields.slice(0, 2),
    },
    {
      ...base,
      kind: "insert",
      symbol,
      statement: `${label}int32 more = 61; // more`,
      after: [`${symbol}.again`],
    },
    { ...base, kind: "option", symbol: `${symbol}.again`, name: "deprecated", value: "true" },
    { ...base, kind: "insert", symbol, statement: `message In {\n  ${label}int32 x = 1;\n}`, after: [] },
    { ...base, kind: "option", symbol, name: "deprecated", value: "true" },
    ...of(first, (name) => ({ ...base, kind: "option", symbol: name, name: "deprecated", value: "true" })),
    ...of(first, (name) => ({ ...base, kind: "option", symbol: name, name: "retention", value: undefined })),
    ...of(second, (name) => ({
      ...base,
      kind: "option",
      symbol: name,
      name: "deprecated",
      value: undefined,
    })),
    ...of(second, (name) => ({
      ...base,
      kind: "replace",
      symbol: name,
      part: "type",
      text: `${label}uint64`,
    })),
    ...of(third, (name) => ({
      ...base,
      kind: "option",
      symbol: name,
      name: "retention",
      value: "RETENTION_RUNTIME",
    })),
    ...of(third, (name) => ({ ...base, kind: "replace", symbol: name, part: "number", text: "70" })),
    ...of(fourth, (name) => ({ ...base, kind: "remove", symbol: name })),
    ...of(last, (name) => ({ ...base, kind: "replace", symbol: name, part: "name", text: "renamed" })),
    ...of(hasOneof ? `${symbol}.pick` : undefined, (name) => ({
      ...{ ...base, kind: "insert", symbol: name },
      ...{ statement: "string r = 52;", after: [`${symbol}.p`] },
    })),
  ];
}

function enumeration({ syntax }: Style): fc.Arbitrary<Builder> {
  const value = fc.tuple(comment, trailing, blank);
  return fc
    .record({ values: fc.array(value, { minLength: 1, maxLength: 3 }), inLine: fc.boolean() })
    .map(({ values, inLine }) => (name): Built => {
      const inside = values.flatMap(([above, behind, gap], index) =>
        around(`${name}_V${index} = ${index};`, above, behind, gap),
      );
      const isLine = inLine && inside.every((line) => !line.includes("//"));
      const lines = isLine
        ? [`enum ${name} {${inside.join(" ")}}`]
        : [`enum ${name} {`, ...inside.map((line) => (line === "" ? "" : `  ${line}`)), "}"];
      return {
        lines: syntax === "edition" ? [...lines, ""] : lines,
        fixes: (path, pkg) => [
          {
            path,
            kind: "reserve",
            symbol: `${pkg}.${name}`,
            numbers: [{ start: -4, end: -2 }],
            names: [`${name}_X`],
          },
          {
            path,
            kind: "reserve",
            symbol: `${pkg}.${name}`,
            numbers: [{ start: 90, end: 2147483647 }],
            names: [],
          },
          { path, kind: "option", symbol: `${pkg}.${name}_V0`, name: "deprecated", value: "true" },
          {
            ...{ path, kind: "insert", symbol: `${pkg}.${name}` },
            ...{ statement: `${name}_AGAIN = 80 [deprecated = true];`, after: [`${pkg}.${name}_V0`] },
          },
        ],
      };
    });
}

function service(): fc.Arbitrary<Builder> {
  return fc.record({ above: comment, opened: fc.boolean(), gap: blank }).map(
    ({ above, opened, gap }) =>
      (name): Built => ({
        lines: [
          ...[`message ${name}In {}`, `message ${name}Out {}`, `service ${name} {`],
          ...around(`rpc A(${name}In) returns (${name}Out)${opened ? " {}" : ";"}`, above, "", gap).map(
            (line) => (line === "" ? "" : `  ${line}`),
          ),
          ...[`  rpc B(${name}In) returns (${name}Out);`, "}", ""],
        ],
        fixes: (path, pkg) => [
          { path, kind: "option", symbol: `${pkg}.${name}.A`, name: "deprecated", value: "true" },
          {
            path,
            kind: "option",
            symbol: `${pkg}.${name}.A`,
            name: "idempotency_level",
            value: "IDEMPOTENT",
          },
          { path, kind: "replace", symbol: `${pkg}.${name}.B`, part: "output", text: `stream ${name}In` },
          { path, kind: "remove", symbol: `${pkg}.${name}.B` },
          {
            ...{ path, kind: "insert", symbol: `${pkg}.${name}`, after: [`${pkg}.${name}.A`] },
            ...{ statement: `rpc C(${name}In) returns (${name}Out);` },
          },
        ],
      }),
  );
}

function fileFixes(path: string): readonly Fix[] {
  return [
    { path, kind: "import", symbol: path, imported: "google/protobuf/empty.proto", isPublic: true },
    { path, kind: "option", symbol: path, name: "java_package", value: '"x"' },
    { path, kind: "insert", symbol: path, statement: "// Back.\nmessage Back {}", after: [] },
  ];
}
