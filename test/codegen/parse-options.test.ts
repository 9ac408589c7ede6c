import { describe, expect, test } from "vitest";
import { parseOptions } from "../../src/codegen/parse-options.js";
import { Proto4Error } from "../../src/diagnostics/index.js";

describe("the parameter", () => {
  test("may be empty: both stubs are TypeScript modules by protobuf-es", () => {
    expect(parseOptions("")).toMatchObject({ v3: "es", es: "target=ts,import_extension=js" });
  });

  test("hands prefixed options on without their prefix, over the defaults", () => {
    const { v3, es, tsProto } = parseOptions(
      "v3=ts-proto,es.target=js+dts,es.json_types=true,ts-proto.importSuffix=,ts-proto.Mgoogle/x.proto=x",
    );
    expect(v3).toBe("ts-proto");
    expect(es).toBe("target=js+dts,import_extension=js,json_types=true");
    expect(tsProto.split(",")).toEqual([
      "esModuleInterop=true",
      "importSuffix=",
      "outputServices=grpc-js",
      "unknownFields=true",
      "emitImportedFiles=false",
      "Mgoogle/x.proto=x",
    ]);
  });

  test("cannot make ts-proto drop unknown fields, in which the stash travels", () => {
    expect(() => parseOptions("ts-proto.unknownFields=false")).toThrow(/unknownFields is always true/);
    expect(parseOptions("ts-proto.unknownFields=true").tsProto).toContain("unknownFields=true");
  });
});

test.each([
  ["target=ts", "es.target"],
  ["es_target=ts", "es.target"],
  ["V3=es", "v3"],
  ["outputService=none", "ts-proto.outputServices"],
])("%s is refused, and %s proposed", (option, proposal) => {
  const parse = () => parseOptions(option);
  expect(parse).toThrow(Proto4Error);
  expect(parse).toThrow(`did you mean "${proposal}"?`);
});

test("what resembles no option is refused without a proposal, but with those that exist", () => {
  expect(() => parseOptions("colour=blue")).toThrow(
    /^there is no option "colour"\noptions: v3=es\|ts-proto,/,
  );
});
