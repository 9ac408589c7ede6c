import fc from "fast-check";
import { arbitraryBytes, unknownField } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";
import type { Kinds } from "./kinds.js";

/**
 * Bytes of v3's Record, with unknown fields that pass, and others that collide with what v4 declares or reserves.
 * @param other what its bytes fields may hold besides messages
 */
export function anyV3(
  { v3, profile }: Kinds,
  other: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 8 }),
): fc.Arbitrary<Uint8Array> {
  const profiles = arbitraryBytes(profile);
  const encoded = profiles.map((bytes) => recode(profile, bytes));
  return arbitraryBytes(v3, {
    values: {
      "kinds.v3.Record.legacy_profile": fc.oneof(profiles, encoded, other),
      "kinds.v3.Record.legacy_badge": fc.oneof(arbitraryBytes(v3.field.same!.message!), other),
    },
    unknown: {
      "kinds.v3.Record": unknownField(13, 16, 32, 33, 34, 40, 41, 42, 43, 44, 90, 100_000),
      "kinds.v3.Child": unknownField(4, 9),
    },
  });
}

/** Bytes of v4's Record, with unknown fields likewise. */
export function anyV4({ v4 }: Kinds): fc.Arbitrary<Uint8Array> {
  return arbitraryBytes(v4, {
    unknown: {
      "kinds.v4.Record": unknownField(6, 10_000, 25, 26, 29, 90),
      "kinds.v4.Child": unknownField(9),
    },
  });
}
