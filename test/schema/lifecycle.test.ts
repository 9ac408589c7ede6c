import { create, fromBinary, setExtension, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { type FieldOptions, FieldOptionsSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { field_lifecycle, field_terms, type Lifecycle } from "../../src/gen/proto4/options_pb.js";
import { loadImage, sliceFile } from "../../src/image/index.js";
import { buildSchema, type Element, type Schema } from "../../src/schema/index.js";
import { writeSources } from "../setup/sources.js";
import { imageOf, schemaOf } from "./real-images.js";

const states = (schema: Schema, ...names: readonly string[]) =>
  names.map((name) => {
    const { state, source } = (schema.elements.get(name) ?? schema.files.get(name))!.lifecycle;
    return `${name}: ${source} ${state}`;
  });

const annotated = (body: string) =>
  `syntax = "proto3";\npackage p.v1;\nimport "proto4/options.proto";\n${body}`;

test("an element's own state wins over the nearest enclosing one's, and that over inference", async () => {
  const schema = await schemaOf({
    "a.proto": annotated(`
      option (.proto4.file_lifecycle) = FROZEN;
      message Frozen {
        int32 inherited = 1;
        int32 own = 2 [(.proto4.field_lifecycle) = DEPRECATED];
        int32 hinted = 3 [deprecated = true];
      }
      message Experimental {
        option (.proto4.message_lifecycle) = EXPERIMENTAL;
        message Inner { int32 i = 1; }
        enum E { ZERO = 0; ONE = 1 [(.proto4.enum_value_lifecycle) = STABLE]; }
        oneof pick { string s = 1; }
      }
      service S {
        option (.proto4.service_lifecycle) = STABLE;
        rpc Get(Frozen) returns (Frozen) { option (.proto4.method_lifecycle) = EXPERIMENTAL; }
        rpc Put(Frozen) returns (Frozen);
      }
      enum Explicit { option (.proto4.enum_lifecycle) = DEPRECATED; NOTHING = 0; }
      message Unspecified {
        int32 i = 1 [(.proto4.field_lifecycle) = LIFECYCLE_UNSPECIFIED];
      }`),
  });
  const lines = `
    a.proto: own FROZEN
    p.v1.Frozen: inherited FROZEN
    p.v1.Frozen.inherited: inherited FROZEN
    p.v1.Frozen.own: own DEPRECATED
    p.v1.Frozen.hinted: inherited FROZEN
    p.v1.Experimental.Inner.i: inherited EXPERIMENTAL
    p.v1.Experimental.pick: inherited EXPERIMENTAL
    p.v1.Experimental.ZERO: inherited EXPERIMENTAL
    p.v1.Experimental.ONE: own STABLE
    p.v1.S: own STABLE
    p.v1.S.Get: own EXPERIMENTAL
    p.v1.S.Put: inherited STABLE
    p.v1.Explicit: own DEPRECATED
    p.v1.NOTHING: inherited DEPRECATED
    p.v1.Unspecified.i: inherited FROZEN`;
  const expected = lines.trim().split(/\n\s*/);
  expect(states(schema, ...expected.map((line) => line.split(":")[0]!))).toEqual(expected);
});

test("without annotation, deprecated elements and what they hold are DEPRECATED, others STABLE", async () => {
  const schema = await schemaOf({
    "a.proto": `syntax = "proto3"; package p.v1;
      message M { int32 a = 1; int32 b = 2 [deprecated = true]; }
      message D { option deprecated = true; int32 a = 1; }`,
  });
  expect(states(schema, "p.v1.M.a", "p.v1.M.b", "p.v1.D.a")).toEqual([
    "p.v1.M.a: inferred STABLE",
    "p.v1.M.b: inferred DEPRECATED",
    "p.v1.D.a: inferred DEPRECATED",
  ]);
});

test("packages whose version promises nothing are EXPERIMENTAL, look-alikes are not", async () => {
  const unstable = [
    "v1alpha",
    "v1alpha2",
    "v2beta1",
    "v1p1alpha1",
    "v1p2beta",
    "v1p3",
    "v1test",
    "v1testing",
  ];
  const stable = ["v1", "v12", "alpha", "v1alphabet", "beta1", "v1p", "v1.inner", "preview1beta1", "v1betas"];
  const packages = [...unstable, ...stable].map((last) => `acme.${last}`);
  const schema = await schemaOf(
    Object.fromEntries(
      packages.map((name) => [`${name}/m.proto`, `syntax = "proto3"; package ${name}; message M {}`]),
    ),
  );
  const experimental = packages.filter(
    (name) => schema.elements.get(`${name}.M`)?.lifecycle.state === "EXPERIMENTAL",
  );
  expect(experimental).toEqual(unstable.map((last) => `acme.${last}`));
});

test("terms are the element's own, in either spelling, and lack what is not declared", async () => {
  const schema = await schemaOf({
    "a.proto": annotated(`message M {
      int32 a = 1 [(.proto4.field_terms) = {sunset: "2027-01-31", replaced_by: "b"}];
      int32 b = 2 [(.proto4.field_terms).sunset = "2028-02-29", (.proto4.field_terms).reason = ""];
      int32 c = 3;
    }`),
  });
  const terms = ["a", "b", "c"].map((name) => schema.elements.get(`p.v1.M.${name}`)?.lifecycle.terms);
  expect(terms).toEqual([{ sunset: "2027-01-31", replacedBy: "b" }, { sunset: "2028-02-29" }, {}]);
});

test("a file names the package that it upgrades", async () => {
  const schema = await schemaOf({
    "a.proto": annotated(`option (.proto4.upgrades) = "p.old";`),
    "b.proto": annotated(""),
  });
  expect(schema.files.get("a.proto")?.upgrades).toBe("p.old");
  expect(schema.files.get("b.proto")?.upgrades).toBeUndefined();
});

test.each(["soon", "2027-02-30", "2027-13-01", "27-01-31", "2027-01-31T00:00:00Z"])(
  "a sunset of %s is none, and set aside for a rule to tell of",
  async (sunset) => {
    const body = `message M { int32 a = 1 [(.proto4.field_terms) = { sunset: "${sunset}" reason: "r" }]; }`;
    const schema = await schemaOf({ "a.proto": annotated(body) });
    expect(schema.elements.get("p.v1.M.a")?.lifecycle.terms).toEqual({
      reason: "r",
      malformed: [{ term: "sunset", text: sunset }],
    });
  },
);

describe("refused at its place:", () => {
  const place = { path: "a.proto", startLine: 4, startColumn: 13 };

  test("a state that only another version of proto4 knows", async () => {
    const building = editedField((options) => setExtension(options, field_lifecycle, 99 as Lifecycle));
    await expect(building).rejects.toMatchObject({
      code: "lifecycle-malformed",
      message: expect.stringContaining("lifecycle 99 is not one"),
      location: place,
    });
  });

  test("terms that do not decode", async () => {
    const building = editedField((options) => {
      const data = new BinaryWriter().bytes(Uint8Array.of(0x12, 0x7f, 0x00)).finish();
      options.$unknown = [{ no: field_terms.number, wireType: 2, data }];
    });
    await expect(building).rejects.toMatchObject({ code: "lifecycle-malformed", location: place });
  });
});

test("another company's options with proto4's numbers are not read as proto4's", async () => {
  const schema = await schemaOfBare(`syntax = "proto3"; package p; import "google/protobuf/descriptor.proto";
    extend google.protobuf.FieldOptions { int32 weight = 50400; string note = 50401; }
    message M { int32 a = 1 [(weight) = 4, (note) = "not terms"]; }`);
  expect(schema.elements.get("p.M.a")?.lifecycle).toEqual({ state: "STABLE", source: "inferred", terms: {} });
});

/** The schema of one file in whose image proto4's options are not. */
async function schemaOfBare(source: string): Promise<Schema> {
  return buildSchema((await loadImage(await writeSources({ "a.proto": source }))).files);
}

/** `p.v1.M.a` with options that no compiler of today writes. */
async function editedField(edit: (options: FieldOptions) => void): Promise<Element | undefined> {
  const image = await imageOf({ "a.proto": annotated("message M { int32 a = 1; }") });
  const files = image.files.map((slice) => {
    if (slice.path !== "a.proto") return slice;
    const file = fromBinary(FileDescriptorProtoSchema, slice.bytes);
    const options = create(FieldOptionsSchema);
    edit(options);
    file.messageType[0]!.field[0]!.options = options;
    return sliceFile(toBinary(FileDescriptorProtoSchema, file));
  });
  return buildSchema(files).elements.get("p.v1.M.a");
}
