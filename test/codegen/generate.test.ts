import { join } from "node:path";
import { protocGenEs } from "@bufbuild/protoc-gen-es/dist/cjs/src/protoc-gen-es-plugin.js";
import { describe, expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { cases, filesIn, fixtures, requestFor, version } from "./sources.js";

describe.each(cases)("the fixture %s", (name, parameter) => {
  test("gives the files that lie in gen", async () => {
    const response = await generate(await requestFor(name, parameter), version);
    const gen = join(fixtures, name, "gen");
    for (const file of response.file) await expect(file.content).toMatchFileSnapshot(join(gen, file.name));
    expect(response.file.map((file) => file.name)).toEqual(expect.arrayContaining([...(await filesIn(gen))]));
  });

  test("gives the same bytes twice", async () => {
    const request = await requestFor(name, parameter);
    expect(await generate(request, version)).toEqual(await generate(request, version));
  });
});

test("files without annotations or pair come out as protoc-gen-es makes them", async () => {
  const request = await requestFor("plain", "");
  const fileToGenerate = request.fileToGenerate.filter((path) => path.startsWith("zoo/"));
  const expected = protocGenEs.run({
    ...request,
    fileToGenerate,
    parameter: "target=ts,import_extension=js",
  });
  const actual = await generate(request, version);
  expect(actual.file.map(({ name, content }) => ({ name, content }))).toEqual(
    expected.file.map(({ name, content }) => ({ name, content })),
  );
});
