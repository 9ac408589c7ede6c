import { clearField, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  MethodDescriptorProtoSchema,
  MethodOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { type Image, loadImage } from "../../../src/image/index.js";
import { unchanged } from "../../../src/rules/fixes/print-revived.js";
import { printFile } from "../../../src/rules/print/print-file.js";
import { wholeSchema } from "../../../src/schema/index.js";
import { googleApis, shopContract } from "../../schema/real-images.js";
import { writeSources } from "../../setup/sources.js";

/** Prints every file of an image, compiles that, and names the files whose descriptors are not what they were. */
async function reprinted(image: Image): Promise<readonly string[]> {
  const schema = wholeSchema(image);
  const own = [...schema.files.values()].filter(({ fullName }) => !fullName.startsWith("google/protobuf/"));
  const sources = own.map((file) => [file.fullName, printFile(file, unchanged(schema))] as const);
  const again = await loadImage(await writeSources(Object.fromEntries(sources)));
  const before = new Map(image.files.map((slice) => [slice.path, slice.bytes]));
  return again.files.flatMap(({ path, bytes }) => {
    const [was, is] = [plain(before.get(path)!), plain(bytes)];
    return path.startsWith("google/protobuf/") || equals(FileDescriptorProtoSchema, was, is) ? [] : [path];
  });
}

/** Without places; without what means nothing: options that set nothing, and how an extension of proto3 says `optional`. */
function plain(bytes: Uint8Array): FileDescriptorProto {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  clearField(file, FileDescriptorProtoSchema.field.sourceCodeInfo);
  for (const extension of [...file.extension, ...file.messageType.flatMap((each) => each.extension)])
    extension.proto3Optional = false;
  for (const method of file.service.flatMap((service) => service.method))
    if (method.options && toBinary(MethodOptionsSchema, method.options).length === 0)
      clearField(method, MethodDescriptorProtoSchema.field.options);
  return fromBinary(FileDescriptorProtoSchema, toBinary(FileDescriptorProtoSchema, file));
}

describe("a file that is printed and compiled again is the same", () => {
  test("of Google's APIs", async () => {
    expect(await reprinted(await googleApis())).toEqual([]);
  });

  test("of a contract with every construct", async () => {
    expect(await reprinted(await shopContract())).toEqual([]);
  });

  test("with what a file seldom has: declared extensions, groups in oneofs, keywords, lists and maps in options", async () => {
    const image = await loadImage(await writeSources({ "a.proto": rare, "b.proto": keywords }));
    expect(await reprinted(image)).toEqual([]);
  });
});

const rare = String.raw`syntax = "proto2";
package rare.v1;
import "google/protobuf/descriptor.proto";
message Mark {
  optional string text = 1;
  repeated int32 numbers = 2;
  map<string, Mark> marks = 3;
  optional group Inner = 4 { optional double real = 1; optional bytes raw = 2; }
  extensions 100 to 199 [declaration = { number: 100, full_name: ".rare.v1.more", type: "string" }, verification = DECLARATION];
  extensions 1000 to max;
  reserved 5, 7 to 9, 200 to 300;
  reserved "gone", "lost";
}
extend Mark { optional string more = 100; }
extend google.protobuf.FieldOptions { optional Mark mark = 50001; repeated string tags = 50002; }
extend google.protobuf.OneofOptions { optional bool choice = 50003; }
message Holder {
  oneof one {
    option (choice) = true;
    string text = 1 [(mark) = { text: "a\"b\\c\n\u00e9" numbers: [1, -2] marks: { key: "k" value: { text: "v" } } inner { real: -inf raw: "\x00\xff" } [rare.v1.more]: "m" }, (tags) = "x", (tags) = "y"];
    group Late = 2 { optional int32 a = 1 [deprecated = true, default = -3, json_name = "B"]; }
  }
  repeated sint32 packed = 3 [packed = true, debug_redact = true, retention = RETENTION_SOURCE, targets = TARGET_TYPE_FIELD, targets = TARGET_TYPE_FILE];
  enum E { option allow_alias = true; reserved -5 to -2, 9 to max; reserved "Q"; Z = 0; ALSO = 0; N = -1; }
  optional E e = 4 [default = N];
  extend Holder.Deep { optional int32 deep = 10; repeated group Many = 11 { optional int32 x = 1; } }
  message Deep { extensions 10 to 20; }
}
`;

const keywords = `edition = "2024";
package keywords.v1;
option features.default_symbol_visibility = LOCAL_ALL;
import "google/protobuf/timestamp.proto";
export message Open { reserved gone; reserved 4; message Deep {} export enum Shown { Z = 0; } google.protobuf.Timestamp at = 1; }
message Kept { export message Within {} }
service Calls { rpc Both(stream Open) returns (stream Open) { option idempotency_level = IDEMPOTENT; } }
`;

test("what is protobuf's own is set by the names of values, without which protoc refuses it", async () => {
  const source = `syntax = "proto2";
package a.v1;
option optimize_for = CODE_SIZE;
message M {
  optional int64 id = 1 [jstype = JS_STRING];
}
service S {
  rpc Get(M) returns (M) {
    option idempotency_level = NO_SIDE_EFFECTS;
  }
}
`;
  const schema = wholeSchema(await loadImage(await writeSources({ "a.proto": source })));
  const printed = printFile(schema.files.get("a.proto")!, unchanged(schema));
  for (const name of ["CODE_SIZE", "JS_STRING", "NO_SIDE_EFFECTS"]) expect(printed).toContain(`= ${name}`);
});
