import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type OutputChunk, rolldown } from "rolldown";
import { expect, test } from "vitest";
import * as tsProtoOrders from "../../fixtures/shop/gen/shop/v3/order.js";
import * as tsProtoUsers from "../../fixtures/shop/gen/shop/v3/user.js";
import { GetUserResponseSchema } from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import { GetOrderResponsePlan, OrderPlan } from "../../fixtures/shop/gen/shop/v4/order_proto4.js";
import { GetUserResponsePlan, UserPlan } from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import { runTsProto } from "../../src/codegen/run-ts-proto.js";
import { checkKeepsStash, type StubCodec, TranslateError } from "../../src/runtime/index.js";
import { requestFor } from "../codegen/sources.js";

test("a stub by ts-proto that keeps unknown fields passes, lists and maps of messages included", () => {
  checkKeepsStash(tsProtoUsers.User, UserPlan);
  checkKeepsStash(tsProtoUsers.GetUserResponse, GetUserResponsePlan);
  checkKeepsStash(tsProtoOrders.Order, OrderPlan);
  checkKeepsStash(tsProtoOrders.GetOrderResponse, GetOrderResponsePlan);
});

test("a stub by ts-proto as it is by default is refused, with the option to set", async () => {
  const { Parcel } = await tsProtoByDefault();
  const plan = {
    messages: [{ v3: "post.v1.Parcel", v4: "post.v2.Parcel", contract: "BYTES" }],
    shapes: [],
  } as const;
  const check = () => checkKeepsStash(Parcel, plan);
  expect(check).toThrow(TranslateError);
  expect(check).toThrow(/post\.v1\.Parcel drops unknown field 19404.*unknownFields=true \(ts-proto\)/);
});

test("a stub that drops them further down is refused, with the path", () => {
  const codec: StubCodec<Uint8Array> = {
    // What keeps the root's fields and reads those inside as a decoder would that drops unknown ones.
    decode: (bytes) => bytes,
    encode: (bytes) => {
      const whole = fromBinary(GetUserResponseSchema, bytes);
      if (whole.user !== undefined) delete whole.user.$unknown;
      return toBinary(GetUserResponseSchema, whole);
    },
  };
  expect(() => checkKeepsStash(codec, GetUserResponsePlan)).toThrow(
    expect.objectContaining({ code: "stash-dropped", path: "user" }),
  );
});

async function tsProtoByDefault(): Promise<{ readonly Parcel: StubCodec<unknown> }> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-canary-"));
  try {
    const files = await runTsProto(await requestFor("ts-proto", ""), "importSuffix=.js,outputServices=none");
    for (const { name, content } of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await importBundled(folder, "post/v1/parcel.ts");
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function importBundled(folder: string, entry: string) {
  const modules = [join(import.meta.dirname, "../../node_modules")];
  const extensionAlias = { ".js": [".ts", ".js"] };
  const built = await rolldown({ input: join(folder, entry), resolve: { modules, extensionAlias } });
  const { output } = await built.generate({ format: "esm" });
  await built.close();
  const path = join(folder, "stub.mjs");
  await writeFile(path, output.find((file): file is OutputChunk => file.type === "chunk")!.code);
  return import(/* @vite-ignore */ pathToFileURL(path).href);
}
