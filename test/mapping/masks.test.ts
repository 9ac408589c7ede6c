import { create, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { compilePlan, mapSchema, type PairedEntry } from "../../src/mapping/index.js";
import { createTranslator, type Lost } from "../../src/runtime/index.js";
import { type Compiled, compile } from "./compile.js";
import { sourcesOf } from "./pair.js";

const was = (name: string) => `[(proto4.field_terms) = {was: "${name}"}]`;
const update = "message Update { User user = 1; google.protobuf.FieldMask update_mask = 2; }";
const pairs = [
  {
    v3: `${update}
      message User { string mail = 1; Home home = 2; string name = 3; User boss = 4; repeated Home other = 5;
        string up = 6 [(proto4.field_terms) = {replaced_by: "place.above"}]; Old old = 7; }
      message Home { string town = 1; string road = 2; } message Old { bool on = 1; }`,
    v4: `${update}
      message User { string email = 1 ${was("mail")}; Home house = 2 ${was("home")}; string name = 3; User boss = 4;
        repeated Home others = 5 ${was("other")}; Place place = 8; bool on = 9 ${was("old.on")}; }
      message Home { string city = 1 ${was("town")}; string road = 2; } message Place { string above = 1; }`,
  },
  {
    v3: `${update} message User { string a = 1; string b = 2; string gone = 3 [(proto4.field_lifecycle) = DEPRECATED]; }`,
    v4: `${update} message User { string b = 1 ${was("a")}; string gone = 2 ${was("b")}; }`,
  },
  {
    v3: `${update} message User { bytes a = 1; }`,
    v4: `${update} message User { bytes a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; Profile b = 2; } message Profile { string name = 1; }`,
  },
  {
    v3: "message Get { string name = 1; User filter = 2; google.protobuf.FieldMask read_mask = 3; } message Two { User a = 1; Other b = 2; google.protobuf.FieldMask mask = 3; } message User { string a = 1; } message Other { string a = 1; }",
    v4: `message Get { string name = 1; User filter = 2; google.protobuf.FieldMask read_mask = 3; } message Two { User a = 1; Other b = 2; google.protobuf.FieldMask mask = 3; } message User { string b = 1 ${was("a")}; } message Other { string a = 2; }`,
  },
  {
    v3: `${update} message User { string a = 1; }`,
    v4: `${update} message User { string a = 2; }`,
  },
];

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile(Object.fromEntries(pairs.flatMap((pair, index) => sourcesOf(pair, index))));
});

test.each([
  ["mail", "email"],
  ["home.town", "house.city"],
  ["home", "house"],
  ["boss.boss.mail", "boss.boss.email"],
  ["boss.name", "boss.name"],
  ["other.town", "others.town"],
  ["up", "place.above"],
  ["old.on", "on"],
  ["*", "*"],
  ["home.*", "house.*"],
  ["mailbox", "mailbox"],
  ["nowhere.mail", "nowhere.mail"],
])("v3's path %s is v4's path %s", (v3, v4) => {
  expect(carry(0, "up", [v3])).toEqual([v4]);
  expect(carry(0, "down", [v4])).toEqual([v3]);
});

test("a path that is in no message comes back as it was, though the other side has such a name", () => {
  const { translator, v3, v4 } = updates(0);
  const mask = (message: DescMessage, paths: readonly string[]) =>
    toBinary(message, create(message, { updateMask: { paths: [...paths] } }));
  const sent = mask(v3, ["email", "mail"]);
  const up = translator.up(sent);
  expect(pathsIn(v4, up.value)).toEqual(["email", "email"]);
  const home = translator.down(toBinary(v4, fromBinary(v4, up.value)), { stash: "trust" });
  expect(pathsIn(v3, home.value)).toEqual(["email", "mail"]);
});

test("what a client writes into a mask that came to it counts", () => {
  const { translator, v3, v4 } = updates(0);
  const sent = toBinary(v3, create(v3, { updateMask: { paths: ["email", "mail"] } }));
  const edited = fromBinary(v4, translator.up(sent).value) as unknown as Masked;
  edited.updateMask.paths.push("house.city");
  const lost: Lost[] = [];
  const home = translator.down(toBinary(v4, edited as never), { stash: "trust" });
  lost.push(...home.lost);
  expect(pathsIn(v3, home.value)).toEqual(["mail", "mail", "home.town"]);
  expect(lost).toEqual([{ path: "update_mask", reason: "edited" }]);
});

test("a path to a field that ended does not lead to the one that took its name", () => {
  expect(carry(1, "up", ["a", "b"])).toEqual(["b", "gone"]);
  expect(carry(1, "up", ["gone"])).toEqual(["case1_v3_User_gone"]);
  expect(carry(1, "down", ["b", "gone", "case1_v3_User_gone"])).toEqual(["a", "b", "gone"]);
  expect(maskEntry(1, "Update").note).toBe("no path of the other side says case1.v3.User.gone");
});

test("a mask whose names are one to one loses nothing, one of several names a choice", () => {
  expect(maskEntry(0, "Update").loss).toBe("ISO");
  expect(maskEntry(2, "Update").loss).toBe("LENS");
  expect(carry(2, "up", ["a"])).toEqual(["b"]);
  expect(carry(2, "down", ["a"])).toEqual(["a"]);
});

test.each(["Get", "Two"])("a mask in %s speaks of who knows what, and passes as it is", (name) => {
  expect(maskEntry(3, name)).toMatchObject({
    conversion: { kind: "copy" },
    note: "whose fields it names is not known, so that its paths pass as they are",
  });
});

test("where no name changes, a mask is carried unread", () => {
  expect(maskEntry(4, "Update").conversion).toEqual({ kind: "copy" });
  expect(maskEntry(4, "Update")).not.toHaveProperty("note");
});

interface Masked {
  readonly updateMask: { readonly paths: string[] };
}

function carry(index: number, way: "up" | "down", paths: string[]): readonly string[] {
  const { translator, v3, v4 } = updates(index);
  const [from, to] = way === "up" ? [v3, v4] : [v4, v3];
  const bytes = toBinary(from, create(from, { updateMask: { paths } }));
  return pathsIn(to, translator[way](bytes).value);
}

function pathsIn(message: DescMessage, bytes: Uint8Array): readonly string[] {
  return (fromBinary(message, bytes) as unknown as Masked).updateMask.paths;
}

function updates(index: number) {
  const { schema, registry } = compiled;
  const plan = compilePlan(mapSchema(schema, { v4: `case${index}.v4` })!);
  const [v3, v4] = ["v3", "v4"].map((side) => registry.getMessage(`case${index}.${side}.Update`)!);
  return { translator: createTranslator(plan, v3!.typeName), v3: v3!, v4: v4! };
}

function maskEntry(index: number, name: string): PairedEntry {
  const { messages } = mapSchema(compiled.schema, { v4: `case${index}.v4` })!;
  const { entries } = messages.find(({ v4 }) => v4.name === name)!;
  return entries.find((entry) => entry.kind === "paired" && entry.v4.name.endsWith("mask")) as PairedEntry;
}
