import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "vitest";
import type { Translated } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";
import { canonicalForm } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const trust = { stash: "trust" } as const;

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;

function write(side: "v3" | "v4", init: MessageInitShape<Kinds["v3"]> | Stub): Uint8Array {
  return toBinary(kinds[side], create(kinds[side], init));
}

function read(side: "v3" | "v4", { value }: Pick<Translated, "value">): Stub {
  return fromBinary(kinds[side], value);
}

/** What a stub sends back that changes some members and keeps the rest. */
function edit(side: "v3" | "v4", translated: Translated, change: (message: Stub) => void): Uint8Array {
  const message = read(side, translated);
  change(message);
  return toBinary(kinds[side], message);
}

test("an empty message stays empty", () => {
  expect(kinds.translator.up(new Uint8Array())).toEqual({ value: new Uint8Array(), lost: [] });
  expect(kinds.translator.down(new Uint8Array())).toEqual({ value: new Uint8Array(), lost: [] });
});

test("an absent field stays absent: no default is written", () => {
  expect(kinds.translator.up(write("v3", { title: "a" })).value).toEqual(write("v4", { title: "a" }));
});

describe("int32 to int64", () => {
  test("a negative number stays negative", () => {
    const up = kinds.translator.up(write("v3", { score: -1, scores: [-5, 5], level: -(2 ** 31) }));
    expect(read("v4", up)).toMatchObject({ score: -1n, scores: [-5n, 5n], level: -(2n ** 31n) });
    expect(read("v3", kinds.translator.down(up.value))).toMatchObject({
      score: -1,
      scores: [-5, 5],
      level: -(2 ** 31),
    });
  });

  test("v4 gets what v3 reads of a number with surplus bits", () => {
    const up = kinds.translator.up(tagged(4, WireType.Varint, varintBytes(2n ** 40n + 5n)));
    expect(up.value).toEqual(write("v4", { score: 5n }));
  });

  test("a number too large for v3 comes back from it", () => {
    const down = kinds.translator.down(write("v4", { score: 2n ** 40n + 5n, scores: [1n, 2n ** 33n] }));
    expect(read("v3", down)).toMatchObject({ score: 5, scores: [1, 0] });
    const up = kinds.translator.up(
      edit("v3", down, () => {}),
      trust,
    );
    expect(read("v4", up)).toMatchObject({ score: 2n ** 40n + 5n, scores: [1n, 2n ** 33n] });
    expect(up.lost).toEqual([]);
  });

  test("an edit wins over it, and is told", () => {
    const down = kinds.translator.down(write("v4", { score: 2n ** 40n + 5n, scores: [2n ** 33n] }));
    const edited = edit("v3", down, (message) => {
      message.score = 6;
    });
    const up = kinds.translator.up(edited, trust);
    expect(read("v4", up)).toMatchObject({ score: 6n, scores: [2n ** 33n] });
    expect(up.lost).toEqual([{ path: "score", reason: "edited" }]);
  });

  test("packed and unpacked occurrences are one list", () => {
    const mixed = join([
      tagged(5, WireType.Bytes, Uint8Array.of(1, 2)),
      tagged(5, WireType.Varint, Uint8Array.of(3)),
      tagged(5, WireType.Bytes, new Uint8Array()),
      tagged(5, WireType.Bytes, Uint8Array.of(4)),
    ]);
    expect(read("v4", kinds.translator.up(mixed)).scores).toEqual([1n, 2n, 3n, 4n]);
  });
});

describe("an enum whose numbers change", () => {
  test("goes by the table, and numbers that nobody declares stay", () => {
    const up = kinds.translator.up(write("v3", { color: 1, colors: [2, 3, 7, 100, 0], shade: 3 }));
    expect(read("v4", up)).toMatchObject({ color: 2, colors: [1, 5, 7, 100, 0], shade: 5 });
    expect(read("v3", kinds.translator.down(up.value))).toMatchObject({
      color: 1,
      colors: [2, 3, 7, 100, 0],
      shade: 3,
    });
  });

  test("leaves out a number that means something else over there, and brings it back", () => {
    const up = kinds.translator.up(write("v3", { color: 5, colors: [1, 5], shade: 5 }));
    expect(read("v4", up)).toMatchObject({ color: 0, colors: [2] });
    expect(read("v4", up).shade).toBeUndefined();
    const down = kinds.translator.down(
      edit("v4", up, () => {}),
      trust,
    );
    expect(read("v3", down)).toEqual(
      read("v3", { value: write("v3", { color: 5, colors: [1, 5], shade: 5 }) }),
    );
  });

  test("yields to an edit", () => {
    const up = kinds.translator.up(write("v3", { color: 5, colors: [5] }));
    const edited = edit("v4", up, (message) => {
      message.color = 2;
      message.colors.push(1);
    });
    const down = kinds.translator.down(edited, trust);
    expect(read("v3", down)).toMatchObject({ color: 1, colors: [2] });
    expect(down.lost.map(({ path }) => path)).toEqual(["color", "colors"]);
  });
});

describe("a oneof", () => {
  test("shows the member set last, although that one cannot be said", () => {
    const both = join([
      tagged(18, WireType.Bytes, Uint8Array.of(0x61)),
      tagged(21, WireType.Varint, Uint8Array.of(5)),
    ]);
    const up = kinds.translator.up(both);
    expect(read("v4", up).selection.case).toBeUndefined();
    expect(read("v3", kinds.translator.down(up.value, trust)).choice).toEqual({ case: "tint", value: 5 });
  });

  test("keeps a member that was set meanwhile", () => {
    const up = kinds.translator.up(write("v3", { choice: { case: "tint", value: 5 } }));
    const edited = edit("v4", up, (message) => {
      message.selection = { case: "text", value: "now" };
    });
    const down = kinds.translator.down(edited, trust);
    expect(read("v3", down).choice).toEqual({ case: "text", value: "now" });
    expect(down.lost).toEqual([{ path: "tint", reason: "edited" }]);
  });
});

describe("a field replaced by another", () => {
  const profile = (init: Stub) => toBinary(kinds.profile, create(kinds.profile, init));

  test("moves, and comes back byte for byte", () => {
    const bytes = profile({ name: "ada", tags: ["x"] });
    const up = kinds.translator.up(write("v3", { legacyProfile: bytes }));
    expect(up.value).toEqual(write("v4", { profileV2: { name: "ada", tags: ["x"] } }));
    expect(kinds.translator.down(up.value).value).toEqual(write("v3", { legacyProfile: bytes }));
  });

  test("comes back byte for byte although no encoder writes it so", () => {
    const bytes = join([
      profile({ tags: ["x"] }),
      profile({ name: "ada" }),
      tagged(900, WireType.Varint, varintBytes(1n)),
    ]);
    const up = kinds.translator.up(write("v3", { legacyProfile: bytes }));
    expect(read("v4", up).profileV2).toMatchObject({ name: "ada", tags: ["x"] });
    expect(
      read(
        "v3",
        kinds.translator.down(
          edit("v4", up, () => {}),
          trust,
        ),
      ).legacyProfile,
    ).toEqual(bytes);
  });

  test("keeps what cannot be read in the bridge", () => {
    for (const bytes of [[0xff], [0x0a, 2, 0x61], [0x0a, 1, 0xff], [0x08, 1]].map((each) =>
      Uint8Array.from(each),
    )) {
      const up = kinds.translator.up(write("v3", { legacyProfile: bytes }));
      expect(up.value).toEqual(write("v4", { legacyProfile: bytes }));
      expect(kinds.translator.down(up.value).value).toEqual(write("v3", { legacyProfile: bytes }));
    }
  });

  test("shows v3 the replacement where both are set, and gives both back", () => {
    const both = { profileV2: { name: "ada" }, legacyProfile: profile({ name: "old" }) };
    const down = kinds.translator.down(write("v4", both));
    expect(read("v3", down).legacyProfile).toEqual(profile({ name: "ada" }));
    const up = kinds.translator.up(
      edit("v3", down, () => {}),
      trust,
    );
    expect(canonicalForm(kinds.v4, up.value)).toBe(canonicalForm(kinds.v4, write("v4", both)));
  });

  test("shows v3 the bridge where it is alone, and gives it back as such", () => {
    const down = kinds.translator.down(write("v4", { legacyProfile: profile({ name: "old" }), memo: "m" }));
    expect(read("v3", down)).toMatchObject({ legacyProfile: profile({ name: "old" }), memo: "m" });
    const up = kinds.translator.up(down.value, trust);
    expect(up.value).toEqual(write("v4", { legacyProfile: profile({ name: "old" }), memo: "m" }));
  });

  test("goes where a v3 edit belongs", () => {
    const down = kinds.translator.down(write("v4", { legacyProfile: profile({ name: "old" }) }));
    const edited = edit("v3", down, (message) => {
      message.legacyProfile = profile({ name: "new" });
    });
    const up = kinds.translator.up(edited, trust);
    expect(up.value).toEqual(write("v4", { profileV2: { name: "new" } }));
    expect(up.lost).toEqual([{ path: "legacy_profile", reason: "edited" }]);
  });
});

describe("what the other generation does not know", () => {
  test("travels under its number where that is free, else in the stash", () => {
    const up = kinds.translator.up(write("v3", { fax: "123", telex: [1, 2] }));
    expect(read("v4", up).$unknown.map(({ no }: { no: number }) => no)).toEqual([25, 19404]);
    expect(kinds.translator.down(up.value, trust).value).toEqual(write("v3", { fax: "123", telex: [1, 2] }));
  });

  test("survives an edit beside it, nested messages included", () => {
    const down = kinds.translator.down(
      write("v4", {
        motto: "m",
        weights: [4n],
        child: { age: 3n, school: "s" },
        byName: { a: { age: 2n ** 40n, school: "t" } },
      }),
    );
    const edited = edit("v3", down, (message) => {
      message.child.age = 4;
      message.byName.a.name = "b";
    });
    const up = kinds.translator.up(edited, trust);
    expect(read("v4", up)).toMatchObject({
      motto: "m",
      weights: [4n],
      child: { age: 4n, school: "s" },
      byName: { a: { age: 2n ** 40n, called: "b", school: "t" } },
    });
    expect(up.lost).toEqual([]);
  });

  test("is no field with another wire type", () => {
    const odd = join([
      tagged(4, WireType.Bytes, Uint8Array.of(9)),
      tagged(12, WireType.Varint, Uint8Array.of(9)),
    ]);
    const up = kinds.translator.up(join([odd, write("v3", { title: "a" })]));
    expect(read("v4", up)).toMatchObject({ title: "a", score: 0n });
    expect(read("v4", up).child).toBeUndefined();
    expect(kinds.translator.down(up.value, trust).value).toEqual(join([write("v3", { title: "a" }), odd]));
  });

  test("does not pose as a field of v4", () => {
    const up = kinds.translator.up(tagged(40, WireType.Varint, Uint8Array.of(9)));
    expect(read("v4", up).motto).toBe("");
    expect(kinds.translator.down(up.value, trust).value).toEqual(
      tagged(40, WireType.Varint, Uint8Array.of(9)),
    );
  });
});

test("occurrences of one submessage are one message", () => {
  const down = kinds.translator.down(
    join([write("v4", { child: { age: 2n ** 40n, school: "s" } }), write("v4", { child: { called: "n" } })]),
  );
  expect(read("v3", down).child).toMatchObject({ age: 0, name: "n" });
  expect(read("v4", kinds.translator.up(down.value, trust)).child).toMatchObject({
    age: 2n ** 40n,
    called: "n",
    school: "s",
  });
});

test("an occurrence that ends too early does not go on in the next", () => {
  // Put together, they would read as one field of two bytes.
  const occurrences = (number: number, tag: number) =>
    join(
      [
        [tag, 2],
        [tag, 0],
      ].map((content) => tagged(number, WireType.Bytes, Uint8Array.from(content))),
    );
  expect(() => kinds.translator.up(occurrences(12, 0x12))).toThrow(
    expect.objectContaining({ code: "truncated", path: "child" }),
  );
  const badge = occurrences(3, 0x0a);
  expect(kinds.translator.up(write("v3", { legacyBadge: badge })).value).toEqual(
    write("v4", { legacyBadge: badge }),
  );
});

test("a message in which nothing changes is carried whole, whatever is in it", () => {
  const same = tagged(1, WireType.Varint, Uint8Array.of(1));
  expect(kinds.translator.up(tagged(23, WireType.Bytes, same)).value).toEqual(
    tagged(23, WireType.Bytes, same),
  );
});

test("the input is left as it was", () => {
  const bytes = write("v3", { score: 3, child: { age: 4 }, fax: "1", telex: [3], color: 5 });
  const before = bytes.slice();
  kinds.translator.up(bytes);
  expect(bytes).toEqual(before);
});
