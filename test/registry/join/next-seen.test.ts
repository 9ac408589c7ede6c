import { expect, test } from "vitest";
import { isNews, nextSeen, type Sighting } from "../../../src/registry/join/next-seen.js";
import type { SeenRecord } from "../../../src/registry/store/observation.js";

const every = 600_000;
const start = Date.parse("2026-11-22T10:00:00Z");
const contract = { package: "shop.v4", fingerprint: "a".repeat(64), roles: ["serves"] } as const;
const minutes = (count: number) => new Date(start + count * 60_000).toISOString();
const at = (minute: number, more: Partial<Sighting> = {}): Sighting => ({
  ...{ contract, now: start + minute * 60_000, every, counts: [], used: [], leaving: false },
  ...more,
});

test("a first sighting counts until the second one after it is due", () => {
  expect(first()).toEqual({
    ...contract,
    ...{ first: minutes(0), last: minutes(0), due: minutes(20), counted: {}, used: {} },
  });
});

test("an instance finds that another has just been there, and writes nothing", () => {
  expect(nextSeen(first(), at(1))).toBeUndefined();
  expect(nextSeen(first(), at(7))).toBeUndefined();
  expect(nextSeen(first(), at(8))).toMatchObject({ first: minutes(0), last: minutes(8), due: minutes(28) });
});

test("whoever looks every so often never lets the record fall due", () => {
  let record = first();
  for (let minute = 0; minute < 600; minute += 9) {
    record = nextSeen(record, at(minute)) ?? record;
    expect(Date.parse(record.due)).toBeGreaterThan(start + (minute + 10) * 60_000);
  }
});

test("leaving is a last sighting that takes nothing from the others", () => {
  expect(nextSeen(first(), at(1, { leaving: true }))).toMatchObject({ last: minutes(1), due: minutes(20) });
  expect(nextSeen(first(), at(30, { leaving: true }))).toMatchObject({ last: minutes(30), due: minutes(30) });
});

test("a clock that lags takes nothing back", () => {
  const record = nextSeen(first(), at(-90, { used: ["shop.v4.User.fax"] }));
  expect(record).toMatchObject({
    last: minutes(0),
    due: minutes(20),
    used: { "shop.v4.User.fax": minutes(0) },
  });
});

test("roles add up", () => {
  const caller = { ...contract, roles: ["calls"] } as const;
  expect(nextSeen(first(), at(1, { contract: caller }))!.roles).toEqual(["serves", "calls"]);
});

test("counting is said from when whoever did not count is due, and from the start where nobody was", () => {
  const counts = ["shop.v4.User"];
  expect(nextSeen(undefined, at(0, { counts }))!.counted).toEqual({ "shop.v4.User": minutes(0) });
  const begun = nextSeen(first(), at(1, { counts }))!;
  expect(begun.counted).toEqual({ "shop.v4.User": minutes(20) });
  expect(nextSeen(begun, at(2, { counts }))).toBeUndefined();
  // The one that does not count is still there.
  expect(nextSeen(begun, at(9))!.counted).toEqual({});
});

test("counting a package is counting its messages, and counting less keeps what is counted still", () => {
  const whole = nextSeen(undefined, at(0, { counts: ["shop.v4"] }))!;
  const part = nextSeen(whole, at(5, { counts: ["shop.v4.User", "shop.v4.Order"] }))!;
  expect(part.counted).toEqual({ "shop.v4.User": minutes(0), "shop.v4.Order": minutes(0) });
  expect(nextSeen(part, at(6, { counts: ["shop.v4.User"] }))!.counted).toEqual({
    "shop.v4.User": minutes(0),
  });
  // Of the rest of the package nobody said anything before.
  expect(nextSeen(part, at(6, { counts: ["shop.v4"] }))!.counted).toMatchObject({
    "shop.v4": minutes(25),
    "shop.v4.User": minutes(0),
  });
  expect(nextSeen(whole, at(6, { counts: ["shop.v40"] }))!.counted).toEqual({ "shop.v40": minutes(20) });
});

test("a use is written when it is news, and then once in a while", () => {
  const used = ["shop.v4.User.fax"];
  expect(isNews(first(), "shop.v4.User.fax", start, every)).toBe(true);
  const told = nextSeen(first(), at(1, { used }))!;
  expect(told.used).toEqual({ "shop.v4.User.fax": minutes(1) });
  expect(isNews(told, "shop.v4.User.fax", start + 10 * 60_000, every)).toBe(false);
  expect(nextSeen(told, at(3, { used }))).toBeUndefined();
  expect(nextSeen(told, at(9, { used }))!.used).toEqual({ "shop.v4.User.fax": minutes(9) });
});

test("more uses than a record can hold say that nothing is counted", () => {
  const used = Array.from({ length: 20_000 }, (_, i) => `shop.v4.Message.field_${i}`);
  const before = nextSeen(undefined, at(0, { counts: ["shop.v4"] }));
  expect(nextSeen(before, at(1, { counts: ["shop.v4"], used }))).toMatchObject({ counted: {}, used: {} });
});

function first(): SeenRecord {
  return nextSeen(undefined, at(0))!;
}
