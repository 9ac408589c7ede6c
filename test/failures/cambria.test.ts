import { describe, expect, test } from "vitest";
import { loadPair, trust } from "./load-pair.js";

// https://www.inkandswitch.com/cambria/: `head` drops the tail of a list, and values that no table names throw.

test("one value in place of a list takes the head, and gives the tail back", async () => {
  const { translator, v3, v4 } = await loadPair({
    v3: "message M { repeated string assignees = 1; }",
    v4: "message M { string assignees = 1; }",
  });
  const bytes = v3.write({ assignees: ["Ann", "Bo", "Cy"] });
  const sent = translator.up(bytes).value;
  expect(v4.read(sent)).toEqual({ assignees: "Ann" });
  expect(v3.read(translator.down(v4.edit(sent, {}), trust).value)).toEqual({
    assignees: ["Ann", "Bo", "Cy"],
  });
  expect(v3.read(translator.down(v4.edit(sent, { assignees: "Di" }), trust).value)).toEqual({
    assignees: ["Di"],
  });
});

describe("a value that the other side has no word for throws nowhere", () => {
  test("an enum's number that no table names comes back", async () => {
    const { translator, v3, v4 } = await loadPair({
      syntax: "proto3",
      v3: "message M { Status status = 1; int32 count = 2; } enum Status { OPEN = 0; DONE = 1; }",
      v4: "message M { Status status = 1; int32 count = 2; } enum Status { OPEN = 0; DONE = 5; }",
    });
    // 5 is no status of v3, and would be DONE in v4.
    const bytes = v3.write({ status: 5, count: 1 });
    const sent = translator.up(bytes).value;
    expect(v4.read(sent)).toEqual({ count: 1 });
    expect(v3.read(translator.down(v4.edit(sent, {}), trust).value)).toEqual({ status: 5, count: 1 });
  });

  test("a number out of range comes back", async () => {
    const { translator, v3, v4 } = await loadPair({
      v3: "message M { int64 size = 1; double ratio = 2; }",
      v4: "message M { int32 size = 1; int64 ratio = 2; }",
    });
    const bytes = v3.write({ size: "1099511627781", ratio: 0.5 });
    const sent = translator.up(bytes).value;
    // 2^40 + 5 is read as 5: what counts as an edit is told by what is read.
    expect(v4.read(sent)).toEqual({ size: 5 });
    expect(v3.read(translator.down(v4.edit(sent, {}), trust).value)).toEqual({
      size: "1099511627781",
      ratio: 0.5,
    });
    expect(v3.read(translator.down(v4.edit(sent, { size: 6 }), trust).value)).toEqual({
      size: "6",
      ratio: 0.5,
    });
  });
});
