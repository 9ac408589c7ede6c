// Decode, change, encode with ts-proto, as somebody who has its stubs would write it.
import { locale } from "../bridged.mjs";
import { generated } from "../folders.mjs";
import { mediaDown, mediaUp, planDown, planUp } from "./enums.mjs";

/** @param stubs the folder of those made with one set of options */
export async function tsProto(stubs) {
  const v3 = await generated(`${stubs}/bench/v3/contract.js`);
  const v4 = await generated(`${stubs}/bench/v4/contract.js`);
  const none = stubs === "ts-proto-node" ? Buffer.alloc(0) : new Uint8Array();
  return { up: upward(v3, v4, none), down: downward(v3, v4) };
}

function upward(v3, v4, none) {
  return {
    User: translate(v3.User, v4.User, (user) => {
      const profile = profileOf(user.legacyProfile, v4.Profile);
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
        legacyProfile: profile ? none : user.legacyProfile,
        plan: planUp[user.plan] ?? user.plan,
        email: user.mail,
        nickname: "",
        loyaltyPoints: user.loyaltyPoints,
        locale,
      };
    }),
    Batch: translate(v3.Batch, v4.Batch, ({ source, sequence, points }) => ({
      source,
      sequence,
      points: points.map(({ x, y, at, sensor, labels, reading }) => ({
        x,
        y,
        at,
        unit: "",
        sensor,
        labels,
        reading,
      })),
    })),
    Blob: translate(v3.Blob, v4.Blob, ({ name, data, revision, media, checksum }) => ({
      fileName: name,
      data,
      revision,
      media: mediaUp[media] ?? media,
      checksum,
    })),
  };
}

function downward(v3, v4) {
  return {
    User: translate(v4.User, v3.User, (user) => ({
      name: user.name,
      age: user.age,
      phone: user.phone,
      addresses: user.addresses,
      balance: user.balance,
      id: user.id,
      ratings: user.ratings,
      tags: user.tags,
      legacyProfile: user.profile ? v4.Profile.encode(user.profile).finish() : user.legacyProfile,
      plan: planDown[user.plan] ?? user.plan,
      mail: user.email,
      loyaltyPoints: user.loyaltyPoints | 0,
    })),
    Batch: translate(v4.Batch, v3.Batch, ({ source, sequence, points }) => ({
      source,
      sequence,
      points: points.map(({ x, y, at, sensor, labels, reading }) => ({
        x,
        y,
        at,
        sensor,
        labels,
        reading: reading | 0,
      })),
    })),
    Blob: translate(v4.Blob, v3.Blob, ({ fileName, data, revision, media, checksum }) => ({
      name: fileName,
      data,
      revision: revision | 0,
      media: mediaDown[media] ?? media,
      checksum,
    })),
  };
}

function translate(from, to, change) {
  return (bytes) => to.encode(change(from.decode(bytes))).finish();
}

/** What is no Profile stays where it was. */
function profileOf(bytes, Profile) {
  if (bytes.length === 0) return undefined;
  try {
    return Profile.decode(bytes);
  } catch {
    return undefined;
  }
}
