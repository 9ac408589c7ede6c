import { type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import type { FieldCoverage } from "./proof.js";

/** Counts in how many messages each field is set: what a generator never sets, nothing is proven of. */
export function countFields(desc: DescMessage): {
  add(bytes: Uint8Array): void;
  result(): readonly FieldCoverage[];
} {
  const counts = new Map(desc.fields.map((field) => [field, 0]));
  return {
    add: (bytes) => {
      const message = reflect(desc, fromBinary(desc, bytes));
      for (const [field, count] of counts) if (message.isSet(field)) counts.set(field, count + 1);
    },
    result: () => [...counts].map(([field, set]) => ({ field: `${desc.typeName}.${field.name}`, set })),
  };
}
