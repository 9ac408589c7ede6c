import { type DescMethod, getExtension, hasExtension, type Message } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { diffSchema } from "../../src/diff/index.js";
import { buildSchema, makeOptionReader } from "../../src/schema/index.js";
import { googleApis, registryOf } from "./real-images.js";

const http = "google.api.http";

interface HttpRule extends Message {
  readonly pattern: { readonly case: string; readonly value: unknown };
  readonly additionalBindings: readonly HttpRule[];
}

test("every route of Google's APIs is read as protobuf-es reads it", async () => {
  const image = await googleApis();
  const [schema, registry] = [buildSchema(image.files), registryOf(image)];
  const read = makeOptionReader(schema, [http]);
  const extension = registry.getExtension(http)!;
  const theirs = (method: DescMethod) => {
    const { options } = method.proto;
    if (options === undefined || !hasExtension(options, extension)) return undefined;
    return getExtension(options, extension) as HttpRule;
  };
  let routes = 0;
  for (const service of registry)
    for (const method of service.kind === "service" ? service.methods : []) {
      const rule = theirs(method);
      const ours = read(schema.elements.get(`${method.parent.typeName}.${method.name}`)!).get(http);
      expect([method.toString(), ours !== undefined]).toEqual([method.toString(), rule !== undefined]);
      if (rule === undefined) continue;
      routes++;
      for (const { pattern } of [rule, ...rule.additionalBindings])
        if (typeof pattern.value === "string")
          expect(ours!.text).toContain(`${pattern.case}: ${JSON.stringify(pattern.value)}`);
      expect(ours!.text.match(/\badditional_bindings: \[/g)?.length ?? 0).toBe(
        rule.additionalBindings.length > 0 ? 1 : 0,
      );
    }
  expect(routes).toBeGreaterThan(100);
  const tracked = [http, "google.api.field_behavior", "google.api.resource", "google.api.method_signature"];
  expect(diffSchema(schema, buildSchema(image.files), tracked)).toEqual([]);
});

test("what nobody defines nobody has", async () => {
  const schema = buildSchema((await googleApis()).files);
  const read = makeOptionReader(schema, ["google.api.nothing", "google.api.HttpRule"]);
  for (const element of schema.elements.values()) expect(read(element).size).toBe(0);
});
