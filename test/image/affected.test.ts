import { expect, test } from "vitest";
import { type AffectedFiles, affectedFiles, type FileSlice, loadImage } from "../../src/image/index.js";
import { buildSchema } from "../../src/schema/index.js";
import { writeSources } from "../setup/sources.js";

type Sources = Readonly<Record<string, string>>;

/** Affected files of real images; both sides must link by themselves. */
async function affected(before: Sources, after: Sources): Promise<AffectedFiles> {
  const load = async (sources: Sources) => loadImage(await writeSources(sources));
  const result = affectedFiles(await load(before), await load(after));
  buildSchema(result.before);
  buildSchema(result.after);
  return result;
}

const paths = (slices: readonly FileSlice[]) => slices.map(({ path }) => path);
const compared = (result: AffectedFiles) => [...result.compared].sort();

const proto3 = (body: string) => `syntax = "proto3";\npackage p;\n${body}\n`;

test("equal images have nothing to decode", async () => {
  const sources = { "a.proto": proto3("message A {}") };
  expect(await affected(sources, sources)).toEqual({ before: [], after: [], compared: new Set() });
});

test("a file whose bytes are the same is compared when an imported enum's first value moved", async () => {
  const sources = (values: string): Sources => ({
    "a.proto": `syntax = "proto2";\npackage p;\nimport "b.proto";\nmessage A { optional E e = 1; }\n`,
    "b.proto": `syntax = "proto2";\npackage p;\nenum E { ${values} }\n`,
    "c.proto": proto3("message C {}"),
  });
  const result = await affected(sources("X = 1; Y = 2;"), sources("Y = 2; X = 1;"));
  const [before, after] = [result.before, result.after].map((side) => side.find((s) => s.path === "a.proto"));
  expect(before?.bytes).toEqual(after?.bytes);
  expect(compared(result)).toEqual(["a.proto", "b.proto"]);
});

test("a file whose source is the same is compared when an imported type changed its kind", async () => {
  const sources = (type: string): Sources => ({
    "a.proto": proto3(`import "b.proto";\nmessage A { T t = 1; }`),
    "b.proto": proto3(type),
    "c.proto": proto3(`import "a.proto";\nmessage C { A a = 1; }`),
    "d.proto": proto3(`import "c.proto";\nmessage D { C c = 1; }`),
  });
  const result = await affected(sources("enum T { ZERO = 0; }"), sources("message T {}"));
  // a.proto's own bytes differ too, so its importer is asked as well, but nobody further up.
  expect(compared(result)).toEqual(["a.proto", "b.proto", "c.proto"]);
});

test("meaning passes on through a chain of public imports and ends at a plain one", async () => {
  const sources = (field: string): Sources => ({
    "a.proto": proto3(`message A { ${field} x = 1; }`),
    "b.proto": proto3(`import public "a.proto";\nmessage B {}`),
    "c.proto": proto3(`import public "b.proto";\nmessage C {}`),
    "d.proto": proto3(`import "c.proto";\nmessage D { A a = 1; }`),
    "e.proto": proto3(`import "d.proto";\nmessage E { D d = 1; }`),
  });
  const result = await affected(sources("int32"), sources("int64"));
  expect(compared(result)).toEqual(["a.proto", "b.proto", "c.proto", "d.proto"]);
  expect(paths(result.after)).toEqual(["a.proto", "b.proto", "c.proto", "d.proto"]);
});

test("an import option is an import", async () => {
  const sources = (comment: string): Sources => ({
    "a.proto": `edition = "2024";\npackage p;\nimport option "o.proto";\nmessage A { string x = 1 [(o.note) = "x"]; }\n`,
    "o.proto": `edition = "2023";\npackage o;\nimport "google/protobuf/descriptor.proto";\nextend google.protobuf.FieldOptions { ${comment} string note = 50001; }\n`,
  });
  const result = await affected(sources(""), sources("/* other */"));
  expect(compared(result)).toEqual(["a.proto", "o.proto"]);
});

test("a file that came or went is compared, and who imports it on either side", async () => {
  const base = { "a.proto": proto3("message A {}"), "z.proto": proto3("message Z {}") };
  const more = { ...base, "b.proto": proto3(`import "a.proto";\nmessage B { A a = 1; }`) };
  const added = await affected(base, more);
  expect(compared(added)).toEqual(["b.proto"]);
  expect(paths(added.before)).toEqual([]);
  // a.proto is there to be linked with, not to be compared.
  expect(paths(added.after)).toEqual(["a.proto", "b.proto"]);
  const removed = await affected(more, base);
  expect(compared(removed)).toEqual(["b.proto"]);
  expect(paths(removed.after)).toEqual([]);
});
