// Decode, change, encode with protobuf-es, as somebody who has its stubs would write it.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { locale } from "../bridged.mjs";
import { generated } from "../folders.mjs";
import { mediaDown, mediaUp, planDown, planUp } from "./enums.mjs";

const v3 = await generated("proto4/bench/v3/contract_pb.js");
const v4 = await generated("proto4/bench/v4/contract_pb.js");

export const up = {
  User: translate(v3.UserSchema, v4.UserSchema, (user) => {
    const profile = profileOf(user.legacyProfile);
    return {
      name: user.name,
      age: user.age,
      phone: user.phone,
      addresses: user.addresses.map(({ street, city, country }) => ({ street, city, country })),
      balance: user.balance,
      id: user.id,
      ratings: user.ratings,
      tags: user.tags,
      profile,
      legacyProfile: profile ? undefined : user.legacyProfile,
      plan: planUp[user.plan] ?? user.plan,
      email: user.mail,
      loyaltyPoints: BigInt(user.loyaltyPoints),
      locale,
    };
  }),
  Batch: translate(v3.BatchSchema, v4.BatchSchema, ({ source, sequence, points }) => ({
    source,
    sequence,
    points: points.map(({ x, y, at, sensor, labels, reading }) => ({
      x,
      y,
      at,
      sensor,
      labels,
      reading: BigInt(reading),
    })),
  })),
  Blob: translate(v3.BlobSchema, v4.BlobSchema, ({ name, data, revision, media, checksum }) => ({
    fileName: name,
    data,
    revision: BigInt(revision),
    media: mediaUp[media] ?? media,
    checksum,
  })),
};

export const down = {
  User: translate(v4.UserSchema, v3.UserSchema, (user) => ({
    name: user.name,
    age: user.age,
    phone: user.phone,
    addresses: user.addresses.map(({ street, city, country }) => ({ street, city, country })),
    balance: user.balance,
    id: user.id,
    ratings: user.ratings,
    tags: user.tags,
    legacyProfile: user.profile ? toBinary(v4.ProfileSchema, user.profile) : user.legacyProfile,
    plan: planDown[user.plan] ?? user.plan,
    mail: user.email,
    loyaltyPoints: narrow(user.loyaltyPoints),
  })),
  Batch: translate(v4.BatchSchema, v3.BatchSchema, ({ source, sequence, points }) => ({
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
  Blob: translate(v4.BlobSchema, v3.BlobSchema, ({ fileName, data, revision, media, checksum }) => ({
    name: fileName,
    data,
    revision: narrow(revision),
    media: mediaDown[media] ?? media,
    checksum,
  })),
};

function translate(from, to, change) {
  return (bytes) => toBinary(to, create(to, change(fromBinary(from, bytes))));
}

/** What is no Profile stays where it was. */
function profileOf(bytes) {
  if (bytes.length === 0) return undefined;
  try {
    return fromBinary(v4.ProfileSchema, bytes);
  } catch {
    return undefined;
  }
}

function narrow(value) {
  return Number(BigInt.asIntN(32, value));
}
