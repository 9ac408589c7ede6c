import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { conformanceProtos } from "../setup/conformance-runner.js";
import { loadGenerations } from "./load-generations.js";
import { stillKept } from "./renumber.js";
import { tally } from "./tally.js";

test("the generations share no field number but those in and of groups, while the mapping refuses to change them", async () => {
  const { image } = await loadGenerations(conformanceProtos());
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const { fields, longer, shorter, kept } = tally(registry);
  expect(fields).toBeGreaterThan(800);
  expect(longer).toBeGreaterThan(300);
  expect(shorter).toBeGreaterThan(50);
  expect(kept.toSorted()).toEqual(
    stillKept.some((part) => part.endsWith("groups")) ? groupFields(registry) : [],
  );
});

test.each(stillKept)(
  "the newer generation has %s as they were only because the mapping refuses others",
  async (part) => {
    const kept = stillKept.filter((other) => other !== part);
    await expect(loadGenerations(conformanceProtos(), kept)).rejects.toMatchObject({
      code: "mapping-unsupported",
    });
  },
);

/** Names of v3's groups, and of the fields in them. */
function groupFields(registry: FileRegistry): readonly string[] {
  const groups = [...registry]
    .flatMap((type) => (type.kind === "message" ? type.fields : []))
    .filter((field) => field.fieldKind === "message" && field.delimitedEncoding);
  const names = [...groups, ...groups.flatMap(({ message }) => message!.fields)]
    .filter(({ parent }) => !parent.file.proto.package.endsWith(".renumbered"))
    .map(({ parent, name }) => `${parent.typeName}.${name}`);
  return [...new Set(names)].sort();
}
