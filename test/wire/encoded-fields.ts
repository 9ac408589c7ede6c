import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";

type Write = (writer: BinaryWriter) => void;

const number = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 29 - 1 }));
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** One field of any wire type, groups within groups included. */
const { field } = fc.letrec<{ field: Write; group: Write }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(number, uint64).map(
      ([no, value]): Write =>
        (w) =>
          w.tag(no, WireType.Varint).uint64(value),
    ),
    fc.tuple(number, uint64).map(
      ([no, value]): Write =>
        (w) =>
          w.tag(no, WireType.Bit64).fixed64(value),
    ),
    fc.tuple(number, fc.nat()).map(
      ([no, value]): Write =>
        (w) =>
          w.tag(no, WireType.Bit32).fixed32(value),
    ),
    fc.tuple(number, fc.uint8Array()).map(
      ([no, value]): Write =>
        (w) =>
          w.tag(no, WireType.LengthDelimited).bytes(value),
    ),
    tie("group"),
  ),
  group: fc.tuple(number, fc.array(tie("field"), { maxLength: 4 })).map(
    ([no, fields]): Write =>
      (w) => {
        w.tag(no, WireType.StartGroup);
        for (const write of fields) write(w);
        w.tag(no, WireType.EndGroup);
      },
  ),
}));

/** Well-formed wire bytes, written by protobuf-es. */
export const encodedFields: fc.Arbitrary<Uint8Array> = fc.array(field, { maxLength: 8 }).map((fields) => {
  const writer = new BinaryWriter();
  for (const write of fields) write(writer);
  return writer.finish();
});
