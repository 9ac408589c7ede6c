import { decodeOptions } from "./decode-options.js";
import { decodeRange } from "./decode-range.js";
import type {
  EnumDescriptor,
  EnumOptions,
  EnumValueDescriptor,
  Options,
  RangeDescriptor,
} from "./descriptor.js";
import { type DescriptorReader, LEN } from "./descriptor-reader.js";
import { enumOptions, enumValueOptions } from "./option-tables.js";
import { RecordCollector, type Records, readersOf } from "./records.js";

/** Reads an `EnumDescriptorProto` with its length; its values are left for whoever asks for them. */
export function decodeEnum(reader: DescriptorReader): EnumDescriptor {
  const end = reader.open();
  const members = new RecordCollector(reader);
  const reservedRange: RangeDescriptor[] = [];
  const reservedName: string[] = [];
  let name = "";
  let options: EnumOptions | undefined;
  let visibility = 0;
  while (reader.pos < end) {
    const start = reader.pos;
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case (2 << 3) | LEN:
        members.pass(start);
        break;
      case (3 << 3) | LEN:
        options = decodeOptions(reader, enumOptions, options);
        break;
      case (4 << 3) | LEN:
        reservedRange.push(decodeRange(reader));
        break;
      case (5 << 3) | LEN:
        reservedName.push(reader.text());
        break;
      case 6 << 3:
        visibility = reader.varint();
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
  return { name, members: members.finish(), options, reservedRange, reservedName, visibility };
}

/**
 * Reads the values of an enum.
 * @throws WireError when the bytes are malformed
 */
export function decodeValues(members: Records, annotated: boolean): readonly EnumValueDescriptor[] {
  const values: EnumValueDescriptor[] = [];
  for (const reader of readersOf(members, annotated))
    while (!reader.done) {
      reader.tag();
      values.push(decodeValue(reader));
    }
  return values;
}

function decodeValue(reader: DescriptorReader): EnumValueDescriptor {
  const end = reader.open();
  let name = "";
  let number = 0;
  let options: Options | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === ((1 << 3) | LEN)) name = reader.text();
    else if (tag === 2 << 3) number = reader.int32();
    else if (tag === ((3 << 3) | LEN)) options = decodeOptions(reader, enumValueOptions, options);
    else reader.skip(tag);
  }
  reader.close(end);
  return { name, number, options };
}
