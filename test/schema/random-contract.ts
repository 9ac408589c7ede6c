import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";

type File = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** Files, each after its imports. */
export type Contract = readonly File[];

/** A file as a compiler writes it. */
export function encoded(file: File): Uint8Array {
  return toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, file));
}

const features = fc.record({
  fieldPresence: fc.nat({ max: 3 }),
  enumType: fc.nat({ max: 2 }),
  repeatedFieldEncoding: fc.nat({ max: 2 }),
  utf8Validation: fc.constantFrom(0, 2, 3),
});
const options = fc.option(
  fc.record({ deprecated: fc.boolean(), features: fc.option(features, { nil: undefined }) }),
  { nil: undefined },
);

interface Draft {
  readonly imports: readonly number[];
  readonly options: object | undefined;
  readonly edition: number;
  readonly messages: readonly {
    readonly fields: readonly DraftField[];
    readonly options: object | undefined;
  }[];
  readonly number: number;
}

interface DraftField {
  readonly scalar: number;
  readonly to: number | undefined;
  readonly json: string;
  readonly default: string | undefined;
  readonly options: object | undefined;
}

const field: fc.Arbitrary<DraftField> = fc.record({
  scalar: fc.constantFrom(1, 2, 5, 9, 12),
  to: fc.option(fc.nat({ max: 7 }), { nil: undefined }),
  json: fc.constantFrom("", "fieldName", "other"),
  default: fc.option(fc.constantFrom("0.1", "0.10000000149011612", "1e10", "nan", "x"), { nil: undefined }),
  options,
});

const file: fc.Arbitrary<Draft> = fc.record({
  imports: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 }),
  options,
  edition: fc.constantFrom(0, 1000, 1001),
  messages: fc.array(fc.record({ fields: fc.array(field, { maxLength: 4 }), options }), {
    minLength: 1,
    maxLength: 3,
  }),
  number: fc.nat({ max: 100 }),
});

/** Files of three packages that import some of those before them, and use what lies in there. */
export const someContract: fc.Arbitrary<Contract> = fc
  .array(file, { minLength: 8, maxLength: 8 })
  .map((drafts) => drafts.map((draft, index) => print(draft, index)));

/** The package of a file is told by its index alone, so that others name its elements whatever becomes of it. */
function print(draft: Draft, index: number): File {
  const imported = [...new Set(draft.imports.map((each) => each % (index + 1)))].filter(
    (each) => each !== index,
  );
  const seen = [...imported, index];
  return {
    name: pathOf(index),
    package: packageOf(index),
    dependency: imported.map(pathOf),
    syntax: draft.edition === 0 ? "proto3" : "editions",
    edition: draft.edition,
    options: draft.options as never,
    enumType: [
      {
        name: `E${index}`,
        value: [
          { name: `ZERO${index}`, number: 0 },
          { name: `N${index}`, number: draft.number },
        ],
      },
    ],
    messageType: draft.messages.map((message, at) => ({
      name: `M${index}_${at}`,
      options: message.options as never,
      oneofDecl: [{ name: "choice" }],
      field: message.fields.map((each, number) => printField(each, number, seen)),
      nestedType: [{ name: "Inner", field: [{ name: "f", number: 1, type: 9, label: 1 }] }],
    })),
    service: [
      {
        name: `S${index}`,
        method: [{ name: "Do", inputType: `.${packageOf(index)}.M${index}_0`, outputType: target(seen[0]!) }],
      },
    ],
  };
}

function printField(field: DraftField, number: number, seen: readonly number[]) {
  const to = field.to === undefined ? undefined : target(seen[field.to % seen.length]!);
  return {
    name: "field_name".repeat(number + 1),
    number: number + 1,
    label: 1,
    jsonName: field.json,
    options: field.options as never,
    ...(number === 0 ? { oneofIndex: 0 } : {}),
    ...(to === undefined ? { type: field.scalar } : { type: 11, typeName: to }),
    ...(field.default === undefined || to !== undefined ? {} : { defaultValue: field.default }),
  };
}

function target(index: number): string {
  return `.${packageOf(index)}.M${index}_0${index % 2 === 0 ? ".Inner" : ""}`;
}

function pathOf(index: number): string {
  return `f${index}.proto`;
}

function packageOf(index: number): string {
  return `p${index % 3}`;
}
