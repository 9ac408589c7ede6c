import { expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { parseOptions } from "../../src/codegen/parse-options.js";
import { requestFor, unwarned, version } from "./sources.js";

test("every plan and every bridge of the generated code names the field that is asked for", async () => {
  const { file } = await generate(await requestFor("paired", "stash_field=50001"), version, unwarned);
  for (const { name, content } of file.filter(({ name }) => name.endsWith("_proto4.ts"))) {
    const holders = content.match(/^export const \w+: (Plan|ServiceBridge<.*>) = \{$/gm);
    expect(content.match(/^ {2}stashNumber: 50001,$/gm), name).toHaveLength(holders!.length);
  }
});

test.each([
  ["1", 'clinic.v3.Patient declares it as "id"'],
  ["13", 'clinic.v4.Patient declares it as "email"'],
  ["3", 'declares it as "mail"'],
])("field %s, which has another use, is refused at the message that has it", async (number, words) => {
  const made = generate(await requestFor("paired", `stash_field=${number}`), version, unwarned);
  await expect(made).rejects.toMatchObject({
    code: "option-unknown",
    message: expect.stringContaining(words),
    location: expect.objectContaining({ path: expect.stringMatching(/^clinic\/v[34]\/patient\.proto$/) }),
  });
});

test.each(["", "0", "-3", "1.5", "x", "536870912"])("%j is no number of a field", (number) => {
  expect(() => parseOptions(`stash_field=${number}`)).toThrow(/from 1 to 536870911/);
});

test("the largest number that a tag can hold may be chosen, and none need be", () => {
  expect(parseOptions("stash_field=536870911").stashField).toBe(536870911);
  expect(parseOptions("").stashField).toBeUndefined();
});
