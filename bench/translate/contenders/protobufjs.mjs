// Decode, change, encode with protobufjs. Its static code is printed by a package of its own; what is measured here
// are the same encoders and decoders, as protobufjs makes them of the protos when it runs.
import { createRequire } from "node:module";
import { join } from "node:path";
import protobuf from "protobufjs";
import { locale } from "../bridged.mjs";
import { work } from "../folders.mjs";
import { mediaDown, mediaUp, planDown, planUp } from "./enums.mjs";

const root = new protobuf.Root();
const { resolve } = createRequire(import.meta.url);
root.resolvePath = (_origin, target) =>
  target.startsWith("google/") ? resolve(`protobufjs/${target}`) : join(work, "proto", target);
root.loadSync(["bench/v3/contract.proto", "bench/v4/contract.proto"]);
const v3 = (name) => root.lookupType(`bench.v3.${name}`);
const v4 = (name) => root.lookupType(`bench.v4.${name}`);
const Profile = v4("Profile");

export const up = {
  User: translate(v3("User"), v4("User"), (user) => {
    const profile = profileOf(user.legacyProfile);
    return {
      name: user.name,
      age: user.age,
      phone: user.phone,
      addresses: user.addresses,
      balance: user.balance,
      id: user.id,
      ratings: user.ratings,
      tags: user.tags,
      profile,
      legacyProfile: profile ? undefined : user.legacyProfile,
      plan: planUp[user.plan] ?? user.plan,
      email: user.mail,
      loyaltyPoints: user.loyaltyPoints,
      locale,
    };
  }),
  Batch: translate(v3("Batch"), v4("Batch"), ({ source, sequence, points }) => ({
    source,
    sequence,
    points: points.map(({ x, y, at, sensor, labels, reading }) => ({ x, y, at, sensor, labels, reading })),
  })),
  Blob: translate(v3("Blob"), v4("Blob"), ({ name, data, revision, media, checksum }) => ({
    fileName: name,
    data,
    revision,
    media: mediaUp[media] ?? media,
    checksum,
  })),
};

export const down = {
  User: translate(v4("User"), v3("User"), (user) => ({
    name: user.name,
    age: user.age,
    phone: user.phone,
    addresses: user.addresses,
    balance: user.balance,
    id: user.id,
    ratings: user.ratings,
    tags: user.tags,
    legacyProfile: user.profile ? Profile.encode(user.profile).finish() : user.legacyProfile,
    plan: planDown[user.plan] ?? user.plan,
    mail: user.email,
    loyaltyPoints: narrow(user.loyaltyPoints),
  })),
  Batch: translate(v4("Batch"), v3("Batch"), ({ source, sequence, points }) => ({
    source,
    sequence,
    points: points.map(({ x, y, at, sensor, labels, reading }) => ({
      x,
      y,
      at,
      sensor,
      labels,
      reading: narrow(reading),
    })),
  })),
  Blob: translate(v4("Blob"), v3("Blob"), ({ fileName, data, revision, media, checksum }) => ({
    name: fileName,
    data,
    revision: narrow(revision),
    media: mediaDown[media] ?? media,
    checksum,
  })),
};

function translate(from, to, change) {
  return (bytes) => to.encode(change(from.decode(bytes))).finish();
}

/** What is no Profile stays where it was. */
function profileOf(bytes) {
  if (bytes.length === 0) return undefined;
  try {
    return Profile.decode(bytes);
  } catch {
    return undefined;
  }
}

/** 64-bit numbers are Longs where the package is there, which it is with protobufjs itself. */
function narrow(value) {
  return value.low;
}
