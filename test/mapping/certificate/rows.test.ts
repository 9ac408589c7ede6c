import { expect, test } from "vitest";
import { certify, type Mapping, mapSchema, type Row, renderCertificate } from "../../../src/mapping/index.js";
import type { Field, Message } from "../../../src/schema/index.js";
import { compile } from "../compile.js";

/** Two generations of one message, each by its body. */
function sources(v3: string, v4: string): Promise<Awaited<ReturnType<typeof compile>>> {
  const file = (name: string, body: string) =>
    `syntax = "proto3"; package a.${name}; import "proto4/options.proto"; ${body}`;
  return compile({ "a/v1.proto": file("v1", v3), "a/v2.proto": file("v2", v4) });
}

async function rowsOf(v3: string, v4: string): Promise<ReadonlyMap<string, Row>> {
  const { schema } = await sources(v3, v4);
  const { messages } = certify(mapSchema(schema, { v4: "a.v2" })!);
  const { rows } = messages.find(({ v4 }) => v4 === "a.v2.A")!;
  return new Map(rows.map((row) => [(row.v4[0] ?? row.v3[0])!.name, row]));
}

test("a loss names its direction and its values, and what declares it", async () => {
  const rows = await rowsOf(
    "message A { int32 b = 1; string c = 2; string gone = 3; string old = 4 [(proto4.field_lifecycle) = DEPRECATED]; }",
    'message A { reserved 3; int64 b = 1; string d = 5 [(proto4.field_terms) = {was: "c"}]; int64 e = 4; }',
  );
  expect(rows.get("b")).toMatchObject({
    kinds: ["number"],
    loss: "PRISM",
    down: expect.stringContaining("int32"),
    declare: expect.stringContaining('was: "b"'),
  });
  expect(rows.get("b")).not.toHaveProperty("up");
  expect(rows.get("d")).toMatchObject({ kinds: ["rename", "renumber"], loss: "ISO" });
  expect(rows.get("d")).not.toHaveProperty("declared");
  expect(rows.get("gone")).toMatchObject({ kinds: ["only"], loss: "LENS", declared: "reserved 3" });
  expect(rows.get("old")).toMatchObject({ loss: "LENS", up: expect.any(String), declared: "DEPRECATED" });
  expect(rows.get("e")).toMatchObject({ loss: "LENS", declare: expect.stringContaining("introduced_in") });
});

test("was under its own name, and introduced_in, declare a loss", async () => {
  const rows = await rowsOf(
    "message A { int32 b = 1; string old = 4 [(proto4.field_lifecycle) = DEPRECATED]; }",
    'message A { int64 b = 1 [(proto4.field_terms) = {was: "b"}]; int64 e = 4 [(proto4.field_terms) = {introduced_in: "v2"}]; }',
  );
  expect(rows.get("b")).toMatchObject({ loss: "PRISM", declared: 'was: "b"' });
  expect(rows.get("e")).toMatchObject({ loss: "LENS", declared: 'introduced_in: "v2"' });
  expect([...rows.values()].filter(({ declare }) => declare !== undefined)).toEqual([]);
});

test("an enum's loss names the values that the other side has not, or means otherwise", async () => {
  const rows = await rowsOf(
    "enum E { E_ZERO = 0; E_A = 1; E_OLD = 2; } message A { E e = 1; }",
    'enum E { E_ZERO = 0; E_A = 2 [(proto4.enum_value_terms) = {was: "E_A"}]; } message A { E e = 1; }',
  );
  expect(rows.get("e")).toMatchObject({
    kinds: ["enum"],
    up: "E_OLD = 2",
    down: "the undeclared number 1",
    declared: "was on the values of E",
  });
});

/** A mapping whose rows mapSchema does not make yet; the fields are those that the sources have. */
async function mappingWith(
  v3: string,
  v4: string,
  entries: (v3: Message, v4: Message) => Mapping["messages"][number]["entries"],
): Promise<readonly Row[]> {
  const { schema } = await sources(v3, v4);
  const [elder, newer] = ["a.v1.A", "a.v2.A"].map((name) => schema.elements.get(name) as Message);
  const pair = { v3: elder!, v4: newer!, identical: false, contract: "CANON" } as const;
  const messages = [{ ...pair, entries: entries(elder!, newer!) }];
  const certificate = certify({ schema, v3: "a.v1", v4: "a.v2", messages, enums: [], services: [] });
  for (const format of ["text", "markdown", "svg"] as const)
    expect(renderCertificate(certificate, format)).toContain("A");
  return certificate.messages[0]!.rows;
}

const at = (message: Message, number: number): Field => message.fieldByNumber.get(number)!;

test("a change of presence loses where the other label cannot tell", async () => {
  const [one, many] = await mappingWith(
    "message A { optional int32 a = 1; repeated string b = 2; }",
    "message A { int32 a = 1; string b = 2; }",
    (v3, v4) =>
      [1, 2].map((number) => ({
        kind: "paired",
        v3: at(v3, number),
        v4: at(v4, number),
        conversion: { kind: "copy" },
        counted: true,
        pairedBy: "name",
        loss: "LENS",
      })),
  );
  expect(one).toMatchObject({ kinds: ["presence"], up: "a zero that is set, which reads as unset" });
  expect(one).not.toHaveProperty("down");
  expect(many).toMatchObject({ up: "all values but the first, and a single zero" });
});

test("fields that exclude each other on one side lose all but the last on the way there", async () => {
  const [row] = await mappingWith(
    "message A { string a = 1; string b = 2; string c = 3; }",
    "message A { oneof x { string a = 1; string b = 2; } }",
    (v3, v4) => [
      {
        kind: "oneof",
        loss: "PRISM",
        members: [
          { v3: at(v3, 1), v4: at(v4, 1), conversion: { kind: "copy" } },
          { v3: at(v3, 2), v4: at(v4, 2), conversion: { kind: "copy" } },
          { v3: at(v3, 3), conversion: { kind: "copy" } },
        ],
      },
    ],
  );
  expect(row?.up).toBe(
    "all but the last that is set of those that exclude each other there; c, which v4 does not have",
  );
  expect(row).not.toHaveProperty("down");
  expect(row?.v3.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("numbers, text, messages in bytes, wrappers, times, submessages and hooks each say what they lose", async () => {
  const rows = await mappingWith(
    `message A { double a = 1; bytes b = 2; bytes c = 3; int64 d = 4; string e = 5; string f = 6; int64 g = 7; }
     message D { int64 value = 1; }`,
    `message A { float a = 1; string b = 2; B c = 3; B d = 4; B e = 5; string f = 6; B g = 7; }
     message B { int64 value = 1; string e = 5; }`,
    (v3, v4) => {
      const paired = (number: number) =>
        ({
          kind: "paired",
          v3: at(v3, number),
          v4: at(v4, number),
          counted: false,
          pairedBy: "name",
        }) as const;
      const value = at(v3.file.messages[1]!, 1);
      const inner = at(v4.file.messages[1]!, 5);
      return [
        { ...paired(1), conversion: { kind: "number" }, loss: "LENS" },
        { ...paired(2), conversion: { kind: "text" }, loss: "PRISM" },
        { ...paired(3), conversion: { kind: "blob" }, loss: "PRISM" },
        {
          ...paired(4),
          conversion: { kind: "wrap", side: "v4", value, inner: { kind: "copy" } },
          loss: "LENS",
        },
        { ...paired(7), conversion: { kind: "time", side: "v4", unit: "ms" }, loss: "LENS" },
        {
          kind: "regroup",
          side: "v4",
          holder: at(v4, 5),
          members: [{ inner, flat: at(v3, 5), conversion: { kind: "copy" } }],
          loss: "LENS",
        },
        { kind: "hook", name: "both", v3: [at(v3, 6)], v4: [at(v4, 6)], loss: "OPAQUE" },
      ];
    },
  );
  expect(rows.at(-1)?.declared).toBe('hook: "both"');
  expect(rows.map(({ up, down }) => [up, down])).toEqual([
    ["digits and magnitudes that float cannot hold", undefined],
    ["bytes that are not UTF-8", undefined],
    ["bytes that are no a.v2.B", undefined],
    [undefined, "a zero that is set, which reads as unset; unknown fields in a.v2.B"],
    [
      "counts beyond the years that a.v2.B knows",
      "what is finer than a millisecond; a zero, which reads as unset where the integer has no presence",
    ],
    [undefined, "an empty e against none, and unknown fields in it"],
    ['what the hook "both" does not give back', 'what the hook "both" does not give back'],
  ]);
});

test("a picture is markup whatever is written in the sources", async () => {
  const { schema } = await sources(
    'message A { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {reason: "<b>"}]; }',
    "message A { reserved 1; }",
  );
  const mapping = mapSchema(schema, { v4: "a.v2" })!;
  const svg = renderCertificate({ ...certify(mapping), v3: '</text><script>"&' }, "svg");
  expect(svg).toContain("&lt;/text&gt;&lt;script&gt;&quot;&amp;");
  expect(svg).not.toContain("<script");
});

test("what only its number pairs is told to be a guess", async () => {
  const { schema } = await sources(
    "message A { string mail = 1; E e = 2; } enum E { Z = 0; RED = 1; }",
    "message A { string email = 1; E e = 2; } enum E { Z = 0; SCARLET = 1; }",
  );
  const certificate = certify(mapSchema(schema, { v4: "a.v2" })!);
  expect(certificate.messages[0]?.rows[0]?.note).toBe(
    "email paired by number, which is a guess that was would confirm",
  );
  expect(renderCertificate(certificate, "text")).toMatch(/RED = 1 +SCARLET = 1 +rename, by number/);
});

test("a value that goes without a word is told, though its number is carried", async () => {
  const rows = (gone: string, ended: string) =>
    rowsOf(
      `enum E { Z = 0; ON = 1; GONE = 2${gone}; } message A { E e = 1; map<string, E> m = 2; }`,
      `enum E { ${ended} Z = 0; ON = 1; } message A { E e = 1; map<string, E> m = 2; }`,
    );
  for (const row of (await rows("", "")).values())
    expect(row).toMatchObject({
      kinds: ["identity"],
      loss: "PRISM",
      up: "GONE = 2, which v4 reads as a number without a name",
      declare:
        "reserved 2; reserved \"GONE\"; in v4's enum, or [(proto4.enum_value_lifecycle) = DEPRECATED] in v3's",
    });
  const deprecated = await rows(" [(proto4.enum_value_lifecycle) = DEPRECATED]", "");
  const reserved = await rows("", 'reserved 2; reserved "GONE";');
  for (const row of [...deprecated.values(), ...reserved.values()]) expect(row.loss).toBe("ISO");
});

test("a method that cannot be bridged says why", async () => {
  const { schema } = await sources(
    "message A {} message B {} service S { rpc Do(A) returns (A); }",
    "message A {} message B {} service S { rpc Do(A) returns (B); }",
  );
  const certificate = certify(mapSchema(schema, { v4: "a.v2" })!);
  expect(certificate.services[0]).toMatchObject({ methods: [], only: { v3: [], v4: [] } });
  expect(renderCertificate(certificate, "text")).toMatch(
    /Do +Do +not bridged\n +note +the output of a\.v2\.S\.Do is a\.v2\.B, which does not continue a\.v1\.A;/,
  );
});
