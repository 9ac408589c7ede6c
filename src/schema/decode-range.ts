import type { RangeDescriptor } from "./descriptor.js";
import type { DescriptorReader } from "./descriptor-reader.js";

/** Reads an `ExtensionRange`, `ReservedRange` or `EnumReservedRange` with its length. */
export function decodeRange(reader: DescriptorReader): RangeDescriptor {
  const limit = reader.open();
  let start = 0;
  let end = 0;
  while (reader.pos < limit) {
    const tag = reader.tag();
    if (tag === 1 << 3) start = reader.int32();
    else if (tag === 2 << 3) end = reader.int32();
    else reader.skip(tag);
  }
  reader.close(limit);
  return { start, end };
}
