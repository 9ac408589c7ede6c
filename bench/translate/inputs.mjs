// The messages to translate, encoded by protobuf-es and kept as files.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { generated, work } from "./folders.mjs";
import { seeded } from "./random.mjs";

/** Variants of each message, translated in turn, so that no single one is learned by heart. */
const variants = { User: 16, Batch: 2, Blob: 2, Settings: 16 };

const fileOf = (message, direction, index) => join(work, "inputs", `${message}-${direction}-${index}.binpb`);

/** The messages of one cell, each in memory of its own. */
export function loadInputs(message, direction) {
  return Array.from({ length: variants[message] }, (_, index) =>
    Uint8Array.from(readFileSync(fileOf(message, direction, index))),
  );
}

/** Those of v4 are those of v3 as protobuf-es has them changed, with values that do not fit put in. */
export async function writeInputs() {
  const { up } = await import("./contenders/protobuf-es.mjs");
  const v3 = await generated("proto4/bench/v3/contract_pb.js");
  const v4 = await generated("proto4/bench/v4/contract_pb.js");
  mkdirSync(join(work, "inputs"), { recursive: true });
  for (const [message, count] of Object.entries(variants))
    for (let index = 0; index < count; index++) {
      const elder = toBinary(v3[`${message}Schema`], make[message](v3, seeded(index + 1)));
      const schema = v4[`${message}Schema`];
      const newer = fromBinary(schema, up[message]?.(elder) ?? elder);
      addMisfits[message](newer, seeded(index + 1));
      writeFileSync(fileOf(message, "up", index), elder);
      writeFileSync(fileOf(message, "down", index), toBinary(schema, newer));
    }
}

/** A batch of `count` points, of which one in ten does not fit in v3's int32, and one in ten has a unit. */
export async function batchOf(count, direction) {
  const { up } = await import("./contenders/protobuf-es.mjs");
  const v3 = await generated("proto4/bench/v3/contract_pb.js");
  const { BatchSchema } = await generated("proto4/bench/v4/contract_pb.js");
  const elder = toBinary(v3.BatchSchema, makeBatch(v3, seeded(1), count));
  if (direction === "up") return elder;
  const newer = fromBinary(BatchSchema, up.Batch(elder));
  addMisfits.Batch(newer);
  return toBinary(BatchSchema, newer);
}

const make = { User: makeUser, Batch: makeBatch, Blob: makeBlob, Settings: makeSettings };

const large = 2n ** 40n;

const addMisfits = {
  User: (user, random) => {
    user.loyaltyPoints += large;
    user.nickname = random.text(6);
  },
  Batch: ({ points }) => {
    for (const [index, point] of points.entries()) {
      if (index % 10 === 0) point.reading += large;
      if (index % 10 === 5) point.unit = "kPa";
    }
  },
  Blob: (blob) => {
    blob.revision += large;
  },
  Settings: () => {},
};

/** 198 bytes. */
function makeUser({ UserSchema, ...v3 }, { text, between }) {
  const displayName = text(8);
  const profile = Uint8Array.from(Buffer.from(`\n\x08${displayName}\x12\x1a${text(26)}`));
  return create(UserSchema, {
    name: text(16),
    age: between(18, 90),
    legacyProfile: profile,
    plan: between(1, 4),
    mail: `${text(12)}@example.org`,
    phone: `+44${between(1e8, 1e9)}`,
    loyaltyPoints: between(200, 16_000),
    addresses: [create(v3.AddressSchema, { street: text(20), city: text(7), country: "GB" })],
    balance: between(1, 1e6) / 100,
    id: BigInt(between(1, 2 ** 48)),
    ratings: Array.from({ length: 5 }, () => between(1, 6)),
    tags: { team: text(5), role: text(6) },
  });
}

function makeBatch(v3, random, count = 1000) {
  return create(v3.BatchSchema, {
    source: random.text(12),
    sequence: random.between(1, 1e6),
    points: Array.from({ length: count }, () => makePoint(v3, random)),
  });
}

function makePoint({ PointSchema }, { next, between, text, pick }) {
  return create(PointSchema, {
    x: next() * 180,
    y: next() * 90,
    at: BigInt(between(1_700_000_000_000, 1_800_000_000_000)),
    sensor: `sensor-${text(8)}`,
    labels: { zone: `${pick(["north", "south"])}-${text(6)}`, site: text(38) },
    reading: between(200, 16_000),
  });
}

function makeBlob({ BlobSchema }, { text, bytes, between }) {
  return create(BlobSchema, {
    name: text(24),
    data: bytes(64 * 1024),
    revision: between(200, 16_000),
    media: between(1, 3),
    checksum: between(1, 2 ** 32),
  });
}

/** 198 bytes, too. */
function makeSettings({ SettingsSchema, AddressSchema }, { text, between }) {
  return create(SettingsSchema, {
    theme: text(12),
    font: text(15),
    compact: true,
    shortcuts: Array.from({ length: 6 }, () => text(14)),
    zoom: between(50, 200) / 100,
    changedAt: BigInt(between(1_700_000_000_000, 1_800_000_000_000)),
    home: create(AddressSchema, { street: text(32), city: text(11), country: "GB" }),
  });
}
