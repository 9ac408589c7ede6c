import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { encode } from "../../../src/gate/plugin/encode.js";
import { failureRule } from "../../../src/gate/plugin/plugin-rules.js";
import { type FileSlice, type Image, sliceFile } from "../../../src/image/index.js";
import { loadFixture } from "../../rules/fixture.js";
import { ask, type Call, writeRequest } from "./call.js";

/** A request in `pluginrpc.v1.Request`. */
const wrap = (request: Uint8Array) => encode([1, encode([1, "type"], [2, request])]);

test("every cut of a request, and every byte of it put wrong, has an answer", {
  timeout: 60_000,
}, async () => {
  const [before, after] = await loadFixture("lifecycle-frozen");
  const own = (image: Image): Image => ({ files: image.files.map(withoutPlaces) });
  const request = writeRequest({ before: own(before), after: own(after), options: { notice: "90d" } });
  const step = Math.ceil(request.length / 400);
  let refused = 0;
  for (let at = 0; at < request.length; at += step) {
    const wrong = request.slice();
    wrong[at] = (wrong[at]! + 1 + (at % 255)) & 0xff;
    for (const bytes of [request.subarray(0, at), wrong]) {
      const answer = await ask(bytes);
      expect(answer.told.filter(({ message }) => message.includes("mistake of its own"))).toEqual([]);
      if (answer.refused?.startsWith("this is no request that buf makes")) refused++;
    }
  }
  expect(refused).toBeGreaterThan(50);
});

/** Source info is most of a file, and no byte of it changes a verdict. */
function withoutPlaces({ bytes, isImport }: FileSlice): FileSlice {
  const { sourceCodeInfo: _, ...file } = fromBinary(FileDescriptorProtoSchema, bytes);
  return sliceFile(toBinary(FileDescriptorProtoSchema, file), isImport);
}

const call = async (change: Partial<Call>) => {
  const [before, after] = await loadFixture("lifecycle-frozen");
  return ask(writeRequest({ before, after, ...change }));
};

test("a file twice, and an import that is missing, are told as what kept proto4 from judging", async () => {
  const [, after] = await loadFixture("lifecycle-frozen");
  const twice = await call({ after: { files: [...after.files, ...after.files] } });
  expect(twice.told).toMatchObject([{ rule: failureRule.id, message: /it holds .* twice/ }].map(matching));
  const open = await call({ after: { files: after.files.filter(({ isImport }) => !isImport).slice(-1) } });
  expect(open.told).toMatchObject(
    [{ rule: failureRule.id, message: /imports .*, which it does not hold/ }].map(matching),
  );
});

test("a file that does not decode is told at that file", async () => {
  const broken = sliceFile(
    encode([1, "broken.proto"], [4, encode([1, "M"], [2, Buffer.from([0xff])])]),
    false,
  );
  const { told } = await call({ after: { files: [broken] } });
  expect(told).toMatchObject([{ rule: failureRule.id, at: { file: "broken.proto", path: [] } }]);
});

test("lists in lists without end are refused, as no request", async () => {
  let value = encode([4, "x"]);
  for (let depth = 0; depth < 2_000; depth++) value = encode([6, encode([1, value])]);
  const { refused } = await ask(wrap(encode([3, encode([1, "notice"], [2, value])])));
  expect(refused).toMatch(/^this is no request that buf makes: /);
});

test("nothing to judge is judged: no file, and no elder version", async () => {
  expect(await ask(new Uint8Array())).toEqual({ told: [], refused: undefined });
  const [, after] = await loadFixture("lifecycle-frozen");
  expect((await ask(writeRequest({ after }))).refused).toBeUndefined();
});

test("rules that there are not are not asked", async () => {
  expect(await call({ rules: ["FIELD_NO_DELETE", "LIFECYCLE_NONE", ""] })).toEqual({
    told: [],
    refused: undefined,
  });
});

function matching({ rule, message }: { rule: string; message: RegExp }) {
  return { rule, message: expect.stringMatching(message) };
}
