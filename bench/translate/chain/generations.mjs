// Four generations of a contract, mapped from each to the next, and messages to take through them.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { findBuf } from "../../../dist/src/image/find-buf.js";
import { built, root } from "../folders.mjs";
import { seeded } from "../random.mjs";

const { sliceImage } = await built("image/index.js");
const { compilePlan, mapSchema } = await built("mapping/index.js");
const { buildSchema } = await built("schema/index.js");

const folder = join(root, ".cache/bench/chain");
const large = 2n ** 40n;

/** Compiles the protos. @returns the plans of the hops and the stubs */
export function loadGenerations() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "proto4"), { recursive: true });
  cpSync(join(root, "bench/translate/chain/proto"), folder, { recursive: true });
  cpSync(join(root, "proto/proto4/options.proto"), join(folder, "proto4/options.proto"));
  writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
  execFileSync(findBuf(), ["build", "-o", "image.binpb"], { cwd: folder });
  const image = readFileSync(join(folder, "image.binpb"));
  const schema = buildSchema(sliceImage(image, "image.binpb").files);
  return {
    plans: ["v2", "v3", "v4"].map((v4) => compilePlan(mapSchema(schema, { v4: `generations.${v4}` }))),
    registry: createFileRegistry(fromBinary(FileDescriptorSetSchema, image)),
  };
}

/** As v1's stub writes them. */
export function elderMessages(registry, message) {
  const make = { User: makeUser, Batch: makeBatch }[message];
  const schema = registry.getMessage(`generations.v1.${message}`);
  return Array.from({ length: message === "User" ? 16 : 2 }, (_, index) =>
    toBinary(schema, create(schema, make(seeded(index + 1)))),
  );
}

/** As v4's stub writes what came up, with values that elder generations have no words for. */
export function newerMessages(registry, message, translated) {
  const schema = registry.getMessage(`generations.v4.${message}`);
  return translated.map((bytes) => {
    const newer = fromBinary(schema, bytes);
    addMisfits[message](newer);
    return toBinary(schema, newer);
  });
}

const addMisfits = {
  User: (user) => {
    user.loyaltyPoints += large;
    user.nickname = "nimble";
  },
  Batch: ({ points }) => {
    for (const [index, point] of points.entries()) {
      if (index % 10 === 0) point.reading += large;
      if (index % 10 === 5) point.unit = "kPa";
    }
  },
};

function makeUser({ text, between }) {
  const profile = Uint8Array.from(Buffer.from(`\n\x08${text(8)}\x12\x1a${text(26)}`));
  return {
    name: text(16),
    age: between(18, 90),
    legacyProfile: profile,
    plan: between(1, 4),
    mail: `${text(12)}@example.org`,
    phone: `+44${between(1e8, 1e9)}`,
    loyaltyPoints: between(200, 16_000),
    addresses: [{ street: text(20), city: text(7), country: "GB" }],
    balance: between(1, 1e6) / 100,
    id: BigInt(between(1, 2 ** 48)),
    ratings: Array.from({ length: 5 }, () => between(1, 6)),
    tags: { team: text(5), role: text(6) },
  };
}

function makeBatch(random) {
  return {
    source: random.text(12),
    sequence: random.between(1, 1e6),
    points: Array.from({ length: 1000 }, () => makePoint(random)),
  };
}

function makePoint({ next, between, text, pick }) {
  return {
    x: next() * 180,
    y: next() * 90,
    at: BigInt(between(1_700_000_000_000, 1_800_000_000_000)),
    sensor: `sensor-${text(8)}`,
    labels: { zone: `${pick(["north", "south"])}-${text(6)}`, site: text(38) },
    reading: between(200, 16_000),
  };
}
