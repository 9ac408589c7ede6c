import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromBinary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeDelimited } from "../../src/cli/translate/convert.js";
import { delimitedFraming } from "../../src/cli/translate/delimited-framing.js";
import { makeShop, type Shop, translate } from "./translate/shop.js";

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(() => rm(shop.folder, { recursive: true, force: true }));
beforeEach(() => writeFile(at("out.bin"), "what was there before"));

const ada = {
  name: "ada",
  mail: "ada@shop.example",
  loyaltyPoints: 120,
  legacyProfile: "CgNBZGE=",
  fax: "7946",
};
const bob = { name: "bob", phone: "+44 1", addresses: [{ city: "Leeds" }] };
const adaInV4 = {
  name: "ada",
  email: "ada@shop.example",
  loyaltyPoints: "120",
  profileV2: { displayName: "Ada" },
};
const bobInV4 = { name: "bob", phone: "+44 1", addresses: [{ locality: "Leeds" }] };
const v3 = "shop.v3.User";
const v4 = "shop.v4.User";
const image = ["--in", "shop.binpb"];

describe("what comes through", () => {
  test("a stream goes up and comes down again as it was, by way of files", async () => {
    await writeFile(at("in.bin"), shop.stream(v3, [ada, {}, bob]));
    const up = await translate(shop, [v3, "--up", ...image, "--from", "in.bin", "--to", "out.bin"]);
    expect(up).toMatchObject({ code: 0, stderr: "3 messages of shop.v3.User became shop.v4.User\n" });
    expect(await read("out.bin", v4)).toEqual([adaInV4, {}, bobInV4]);
    const down = await translate(shop, [
      v4,
      "--down",
      "--trust-stash",
      ...image,
      "--from",
      "out.bin",
      "--to",
      "back.bin",
    ]);
    expect(down).toMatchObject({ code: 0, stderr: "3 messages of shop.v4.User became shop.v3.User\n" });
    expect(await read("back.bin", v3)).toEqual([ada, {}, bob]);
  });

  test("sources serve as well as an image, pipes as well as files, and either name of the message", async () => {
    const outcome = await translate(shop, [v4, "--up"], shop.stream(v3, [ada, bob]));
    expect(outcome).toMatchObject({ code: 0 });
    expect(decode(outcome.stdout, v4)).toEqual([adaInV4, bobInV4]);
  });

  test("a file can be translated in its place", async () => {
    await writeFile(at("same.bin"), shop.stream(v3, [ada, bob]));
    const flags = ["--from", "same.bin", "--to", "same.bin"];
    expect(await translate(shop, [v3, "--up", ...image, ...flags])).toMatchObject({ code: 0 });
    expect(await read("same.bin", v4)).toEqual([adaInV4, bobInV4]);
  });

  test("one message without a length goes as it comes", async () => {
    const outcome = await translate(shop, [v3, "--up", ...image, "--format", "single"], shop.encode(v3, ada));
    expect(outcome.code).toBe(0);
    expect(toJson(shop.find(v4), fromBinary(shop.find(v4), outcome.stdout))).toEqual(adaInV4);
  });

  test("nothing is no message, or with --format single one in which nothing is set", async () => {
    const none = await translate(shop, [v3, "--up", ...image, "--to", "out.bin"]);
    expect(none).toMatchObject({ code: 0, stderr: "0 messages of shop.v3.User became shop.v4.User\n" });
    expect(await readFile(at("out.bin"), "utf8")).toBe("");
    const one = await translate(shop, [v3, "--up", ...image, "--format", "single"]);
    expect(one).toMatchObject({ code: 0, stderr: "1 message of shop.v3.User became shop.v4.User\n" });
  });
});

describe("JSON lines", () => {
  test("go up and down, with blank lines and without a last newline", async () => {
    const lines = `${JSON.stringify(ada)}\n\n${JSON.stringify(bob)}`;
    const up = await translate(shop, [v3, "--up", ...image, "--format", "json"], lines);
    expect(up.code).toBe(0);
    expect(linesOf(up.stdout)).toEqual([adaInV4, bobInV4]);
    const down = await translate(shop, [v3, "--down", ...image, "--format", "json"], up.stdout);
    const { fax, ...kept } = ada;
    expect(linesOf(down.stdout)).toEqual([kept, bob]);
  });

  test("what they drop is told with its place", async () => {
    const outcome = await translate(
      shop,
      [v3, "--up", ...image, "--output-format", "json"],
      shop.stream(v3, [bob, ada]),
    );
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain(
      "  json once, because JSON has no unknown fields and no stash: message 2 at byte 23\n",
    );
  });

  test("what they drop inside is told, too", async () => {
    // A number that neither generation declares, in each place where a message can be.
    const stray = Buffer.from("fa06027878", "hex");
    const part = (number: number, bytes: Uint8Array) =>
      Buffer.from([(number << 3) | 2, bytes.length, ...bytes]);
    const parcel = Buffer.concat([part(1, Buffer.from("p-1")), part(2, stray)]);
    const order = Buffer.concat([part(4, new Uint8Array()), part(4, stray), part(5, parcel), part(6, stray)]);
    const input = Buffer.concat(encodeDelimited(order).pieces);
    const flags = ["--output-format", "json"];
    const outcome = await translate(shop, ["shop.v3.Order", "--up", ...image, ...flags], input);
    expect(linesOf(outcome.stdout)).toEqual([{ items: [{}, {}], parcels: { "p-1": {} }, card: {} }]);
    expect(outcome.stderr).toMatch(
      / {2}json 3 times, .*: message 1 at byte 1 items\[1\], message 1 at byte 1 parcels\["p-1"\], message 1 at byte 1 card\n$/,
    );
  });

  test("can become a binary stream, 64-bit integers whole, whether or not they are in quotes", async () => {
    const lines = '{"loyaltyPoints": 9007199254740993}\n{"loyaltyPoints": "9007199254740995"}';
    const flags = ["--format", "json", "--output-format", "delimited"];
    const outcome = await translate(shop, [v4, "--down", ...image, ...flags], lines);
    const back = await translate(shop, [v4, "--up", "--trust-stash", ...image], outcome.stdout);
    expect(decode(back.stdout, v4)).toEqual([
      { loyaltyPoints: "9007199254740993" },
      { loyaltyPoints: "9007199254740995" },
    ]);
  });

  test.each([
    ["a field that is none", '{"nam": "x"}', /message 2 in line 3 .*key "nam" is unknown/],
    ["a value of another type", '{"age": "x"}', /message 2 in line 3 .*shop\.v3\.User\.age.*int32/],
    ["no JSON", "{", /message 2 in line 3 cannot be translated: .*JSON/],
    ["no UTF-8", Buffer.from('{"name": "\xff"}', "latin1"), /message 2 in line 3 .*not valid/],
  ])("%s is refused with its line", async (_, line, words) => {
    const input = Buffer.concat([Buffer.from("{}\n\n"), Buffer.from(line)]);
    const outcome = await translate(
      shop,
      [v3, "--up", ...image, "--format", "json", "--to", "out.bin"],
      input,
    );
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(words);
    await isUntouched();
  });
});

describe("what is lost", () => {
  test("a stash of whom nobody trusts is counted, and the way to restore it named", async () => {
    const up = await translate(shop, [v3, "--up", ...image], shop.stream(v3, [ada, bob, ada, ada, ada]));
    const down = await translate(shop, [v3, "--down", ...image], up.stdout);
    expect(down.code).toBe(0);
    expect(down.stderr).toMatch(
      /not everything could be kept:\n {2}stripped 4 times, .*--trust-stash restores it: message 1 at byte 1, message 3 at byte \d+, message 4 at byte \d+, …\n$/,
    );
  });

  test("an edit that wins is told with the field", async () => {
    const points = { loyaltyPoints: `${2n ** 40n + 5n}` };
    const down = await translate(shop, [v4, "--down", ...image], shop.stream(v4, [points]));
    // The client writes another number behind what it got: the last one counts.
    const [frame] = [...delimitedFraming(1000).read(down.stdout)];
    const edited = Buffer.concat([
      (frame as { bytes: Uint8Array }).bytes,
      shop.encode(v3, { loyaltyPoints: 9 }),
    ]);
    const input = Buffer.concat(encodeDelimited(edited).pieces);
    const up = await translate(shop, [v4, "--up", "--trust-stash", ...image], input);
    expect(up.stderr).toMatch(/ {2}edited once, .*the edit wins: message 1 at byte 1 loyalty_points\n$/);
    expect(decode(up.stdout, v4)).toEqual([{ loyaltyPoints: "9" }]);
  });
});

describe("what cannot be translated", () => {
  // An order whose item ends inside its name.
  const broken = Buffer.from([5, 0x22, 3, 0x0a, 5, 0x41]);
  const order = (id: string) => shop.stream("shop.v3.Order", [{ id, items: [{ sku: "a", price: 5 }] }]);
  const orders = ["shop.v3.Order", "--up", ...image, "--to", "out.bin"];

  test("stops the work with its place, field and reason, and the target is as it was", async () => {
    const outcome = await translate(shop, orders, Buffer.concat([order("o-1"), broken, order("o-2")]));
    expect(outcome).toMatchObject({ code: 1, stdout: Buffer.alloc(0) });
    expect(outcome.stderr).toMatch(
      /^standard input: message 2 at byte 14 cannot be translated: items\[0\]: the bytes end inside a field at byte 1; --keep-going [^\n]*\n$/,
    );
    await isUntouched();
  });

  test("is passed over with --keep-going, told, and answered with exit code 100", async () => {
    const input = Buffer.concat([order("o-1"), broken, order("o-2"), broken]);
    const outcome = await translate(shop, [...orders, "--keep-going"], input);
    expect(outcome.code).toBe(100);
    expect(outcome.stderr).toMatch(
      /^standard input: message 2 at byte 14: items\[0\]: .*\nstandard input: message 4 at byte \d+: items\[0\]: .*\n2 messages .* became shop\.v4\.Order, 2 could not be carried\n$/,
    );
    const ids = (await read("out.bin", "shop.v4.Order")).map((found) => (found as { id: string }).id);
    expect(ids).toEqual(["o-1", "o-2"]);
  });

  test("is listed twenty times, and then counted", async () => {
    const input = Buffer.concat(Array.from({ length: 1000 }, () => broken));
    const { code, stderr } = await translate(shop, [...orders, "--keep-going"], input);
    expect(code).toBe(100);
    expect(stderr.match(/: items\[0\]: /g)).toHaveLength(20);
    expect(stderr).toMatch(/\nmore are only counted\n0 messages .*, 1000 could not be carried\n$/);
  });

  test("leaves what came before it to whoever reads along", async () => {
    const outcome = await translate(shop, orders.slice(0, 4), Buffer.concat([order("o-1"), broken]));
    expect(outcome.code).toBe(1);
    expect(decode(outcome.stdout, "shop.v4.Order")).toMatchObject([{ id: "o-1" }]);
  });

  test("a stream that is cut short is an error, or with --keep-going one message less", async () => {
    const whole = Buffer.concat([order("o-1"), order("o-2")]);
    const input = whole.subarray(0, whole.length - 3);
    const words = /message 2 at byte 14.*: 12 bytes are announced and 9 are there: the input is cut short/;
    const stopped = await translate(shop, orders, input);
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(words);
    await isUntouched();
    const passed = await translate(shop, [...orders, "--keep-going"], input);
    expect(passed.code).toBe(100);
    expect(passed.stderr).toMatch(words);
    expect(await read("out.bin", "shop.v4.Order")).toMatchObject([{ id: "o-1" }]);
  });

  test("a message beyond the limit is an error that names it, and is passed over with --keep-going", async () => {
    const long = shop.stream("shop.v3.Order", [{ id: "x".repeat(5000) }]);
    const input = Buffer.concat([long, order("o-2")]);
    const stopped = await translate(shop, [...orders, "--max-bytes", "4096"], input);
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(/message 1 at byte 2 .*it has 5003 bytes, and --max-bytes allows 4096/);
    await isUntouched();
    const passed = await translate(shop, [...orders, "--max-bytes", "4096", "--keep-going"], input);
    expect(passed.code).toBe(100);
    expect(await read("out.bin", "shop.v4.Order")).toMatchObject([{ id: "o-2" }]);
  });

  test("what is no stream at all is refused, and --keep-going does not pretend to find messages in it", async () => {
    const outcome = await translate(shop, [...orders, "--keep-going"], Buffer.alloc(64, 0xff));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/message 1 at byte 0 .*there is no length before it.*--format/);
    const text = await translate(shop, orders, "some text, which is no message either");
    expect(text.code).toBe(1);
    expect(text.stderr).toMatch(/message 1 at byte 1 .*115 bytes are announced and 36 are there/);
    await isUntouched();
  });

  test("nests deeper than it may", async () => {
    const name = "shop.v3.GetOrderResponse";
    const nested = shop.stream(name, [{ order: { id: "o-1", items: [{ sku: "a", price: 5 }] } }]);
    expect(await translate(shop, [name, "--up", ...image, "--depth-limit", "2"], nested)).toMatchObject({
      code: 0,
    });
    const outcome = await translate(shop, [name, "--up", ...image, "--depth-limit", "1"], nested);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/message 1 at byte 1 .*order\.items\[0\]: messages are nested too deeply/);
    expect(await translate(shop, [name, "--up", ...image, "--depth-limit", "201"], nested)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Give a number from 1 to 200: deeper ones overflow the stack."),
    });
  });

  test("several messages do not fit into the one of --output-format single", async () => {
    const input = Buffer.concat([order("o-1"), order("o-2")]);
    const outcome = await translate(shop, [...orders, "--output-format", "single"], input);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/more than one message.*delimited or json/);
    await isUntouched();
  });
});

/** Nothing of an attempt is left: the target is as it was, and nothing lies beside it. */
async function isUntouched(): Promise<void> {
  expect(await readFile(at("out.bin"), "utf8")).toBe("what was there before");
  expect((await readdir(shop.folder)).filter((name) => name.includes("partial"))).toEqual([]);
}

function at(name: string): string {
  return join(shop.folder, name);
}

async function read(name: string, message: string): Promise<readonly JsonValue[]> {
  return decode(await readFile(at(name)), message);
}

/** The messages of a stream as protobuf-es reads them. */
function decode(stream: Uint8Array, message: string): readonly JsonValue[] {
  const desc = shop.find(message);
  const framing = delimitedFraming(1 << 20);
  return [...framing.read(stream), ...framing.end()].map((frame) => {
    if ("problem" in frame) throw new Error(frame.problem);
    return toJson(desc, fromBinary(desc, frame.bytes));
  });
}

function linesOf(stdout: Buffer): readonly unknown[] {
  const text = stdout.toString();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
