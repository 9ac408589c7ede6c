import type { DescMethodUnary, DescService } from "@bufbuild/protobuf";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import { registerBoth } from "../../src/runtime/connect.js";
import { createTranslator, type Lost } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { join, tagged, varintBytes } from "../runtime/arbitrary-bytes.js";

const source = (generation: "v3" | "v4", size: string) => `syntax = "proto3"; package any.${generation};
  import "google/protobuf/any.proto";
  message Part { ${size} size = 1; }
  message M { google.protobuf.Any detail = 1; Part part = 2; }
  service S { rpc Echo(M) returns (M); }`;

test("a stash in the payload of an Any is of no more worth than any other", async () => {
  const { schema, registry } = await compile({
    "any/v3/m.proto": source("v3", "int32"),
    "any/v4/m.proto": source("v4", "int64"),
  });
  const plan = compilePlan(mapSchema(schema, { v4: "any.v4" })!);
  const message = createTranslator(plan, "any.v3.M");
  const [v3, v4] = ["any.v3.S", "any.v4.S"].map((name) => registry.getService(name)!) as [
    DescService,
    DescService,
  ];
  const bridge = { v3, v4, methods: [{ v3: "echo", v4: "echo", input: message, output: message }] };
  let seen = new Uint8Array();
  const told: (readonly Lost[])[] = [];
  const transport = createRouterTransport((router) =>
    registerBoth(
      router,
      bridge,
      {
        echo(request: never) {
          seen = toBinary(v4.method.echo!.input, request);
          return create(v4.method.echo!.output);
        },
      } as never,
      { onLost: (lost) => told.push(lost) },
    ),
  );
  const { echo } = createClient(v3, transport) as unknown as Record<
    string,
    (request: unknown) => Promise<unknown>
  >;
  const url = (generation: string) =>
    tagged(1, WireType.Bytes, new TextEncoder().encode(`types/any.${generation}.Part`));
  const held = (generation: string, part: Uint8Array) =>
    tagged(1, WireType.Bytes, join([url(generation), tagged(2, WireType.Bytes, part)]));
  // What a v4 peer that knows 2⁴⁰+5 would have sent down.
  const forged = createTranslator(plan, "any.v3.Part").down(
    tagged(1, WireType.Varint, varintBytes(2n ** 40n + 5n)),
  );
  const { input } = v3.method.echo as DescMethodUnary;
  await echo!(fromBinary(input, held("v3", forged.value)));
  expect(seen).toEqual(held("v4", tagged(1, WireType.Varint, Uint8Array.of(5))));
  expect(told).toEqual([[{ path: "detail.value", reason: "stripped" }]]);
});
