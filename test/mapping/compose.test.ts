import { beforeAll, expect, test } from "vitest";
import {
  type Certificate,
  certificateFormats,
  certify,
  composeMappings,
  type Mapping,
  mapChain,
  renderCertificate,
} from "../../src/mapping/index.js";
import { loadGenerations } from "../runtime/generations.js";
import { compile } from "./compile.js";

let mappings: readonly Mapping[];
let certificate: Certificate;
beforeAll(async () => {
  const { schema } = await loadGenerations();
  mappings = mapChain(schema, ["chain.v1", "chain.v2", "chain.v3", "chain.v4"]);
  certificate = composeMappings(mappings);
});

function rowsOf(message: string) {
  const { rows } = certificate.messages.find(({ v4 }) => v4 === `chain.v4.${message}`)!;
  return rows;
}

/** The row that ends in the field of Order, or, where v4 has none, begins with it. */
function rowOf(name: string) {
  return rowsOf("Order").find(({ v3, v4 }) =>
    (v4.length > 0 ? v4 : v3).some((field) => field.name === name),
  )!;
}

test("a field is followed through its names and numbers, and what is the same at both ends is the same", () => {
  expect(rowOf("key")).toMatchObject({ v3: [{ name: "id" }], kinds: ["rename"], loss: "ISO" });
  expect(rowOf("buyer")).toMatchObject({
    v3: [{ name: "customer", number: 5 }],
    v4: [{ name: "buyer", number: 25 }],
    kinds: ["nested", "rename", "renumber"],
    inside: "chain.v4.Customer",
  });
  // It is renumbered twice, and has its first number again.
  expect(rowOf("size")).toMatchObject({ v3: [{ number: 23 }], v4: [{ number: 23 }], kinds: ["number"] });
  expect(rowOf("ratio")).toMatchObject({ kinds: ["identity"], loss: "ISO" });
});

test("the worst of the hops counts, and each tells what it loses", () => {
  expect(mappings.map(({ messages }) => messages.find(({ v4 }) => v4.name === "Address")?.contract)).toEqual([
    "BYTES",
    "BYTES",
    "CANON",
  ]);
  const address = certificate.messages.find(({ v4 }) => v4 === "chain.v4.Address")!;
  expect(address).toMatchObject({ v3: "chain.v1.Address", contract: "CANON", identical: false });
  expect(rowOf("level")).toMatchObject({ kinds: ["number", "renumber"], loss: "PRISM" });
  expect(rowOf("level").down).toMatch(/^chain\.v1 → chain\.v2: /);
  // Its numbers change three times, and each time back again.
  expect(rowOf("status")).toMatchObject({ kinds: ["enum"], loss: "ISO" });
});

test("fields that one hop speaks of together stay together", () => {
  expect(rowOf("details")).toMatchObject({
    v3: [{ name: "profile", number: 16 }],
    v4: [{ name: "profile" }, { name: "details" }],
    loss: "LENS",
    inside: "chain.v4.Profile",
  });
});

test("what neither end has is in no row", () => {
  const names = rowsOf("Order").flatMap(({ v3, v4 }) => [...v3, ...v4].map(({ name }) => name));
  expect(names).not.toContain("depot");
  expect(names).toContain("fax");
  expect(names).toContain("stamp");
});

test("every field of both ends is in one row, and counts are of what is told", () => {
  for (const { v3, v4, rows } of certificate.messages) {
    const first = certify(mappings[0]!).messages.find((message) => message.v3 === v3)!;
    const last = certify(mappings[2]!).messages.find((message) => message.v4 === v4)!;
    const names = (lines: readonly { readonly name: string }[]) => lines.map(({ name }) => name).sort();
    expect(names(rows.flatMap((row) => row.v3))).toEqual(names(first.rows.flatMap((row) => row.v3)));
    expect(names(rows.flatMap((row) => row.v4))).toEqual(names(last.rows.flatMap((row) => row.v4)));
  }
  const losses = certificate.messages.flatMap(({ rows }) => rows).filter(({ loss }) => loss === "PRISM");
  expect(certificate.counts.losses.PRISM).toBe(losses.length);
  expect(losses.length).toBeGreaterThan(0);
});

test("an enum whose values moved twice is told by its ends", () => {
  const { values } = certificate.enums.find(({ v4 }) => v4 === "chain.v4.Status")!;
  const numbers = values.map(({ v3, v4 }) => [v4?.name, v3?.number, v4?.number]);
  expect(numbers).toEqual([
    ["STATUS_UNSPECIFIED", 0, 0],
    ["STATUS_PAID", 2, 4],
    ["STATUS_SENT", 3, 2],
    ["STATUS_OPEN", 1, 1],
    ["STATUS_LOST", undefined, 3],
  ]);
});

test("a composed certificate is printed as any other", () => {
  for (const format of certificateFormats) {
    const text = renderCertificate(certificate, format);
    expect(text).toContain("chain.v1");
    expect(text).toContain("chain.v4");
  }
});

test("a number that two generations use, and one between them lets pass, is a loss that no pair sees", async () => {
  const proto = (version: string, fields: string) =>
    `syntax = "proto3"; package p.${version}; import "proto4/options.proto"; message M { string id = 1; ${fields} }`;
  const generations = (middle: string) =>
    compile({
      "p/v1/m.proto": proto("v1", "string fax = 2 [(.proto4.field_lifecycle) = DEPRECATED];"),
      "p/v2/m.proto": proto("v2", middle),
      "p/v3/m.proto": proto("v3", "string motto = 2;"),
    });
  const packages = ["p.v1", "p.v2", "p.v3"];
  const passing = composeMappings(mapChain((await generations("")).schema, packages));
  const row = passing.messages[0]!.rows.find(({ v3 }) => v3[0]?.name === "fax");
  expect(row).toMatchObject({ v4: [{ name: "motto" }], loss: "PRISM", declare: "reserved 2 in p.v2" });
  expect(row!.up).toBe("fax and motto have the number 2, and p.v2 lets it pass: each is read as the other");
  const kept = composeMappings(mapChain((await generations("reserved 2;")).schema, packages));
  expect(kept.messages[0]!.rows.find(({ v3 }) => v3[0]?.name === "fax")?.v4).toEqual([]);
});

test("a chain has two packages", () => {
  expect(() => mapChain(mappings[0]!.schema, ["chain.v1"])).toThrow("two packages at least");
});
