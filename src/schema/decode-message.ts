import { decodeEnum } from "./decode-enum.js";
import { decodeField } from "./decode-field.js";
import { decodeOptions } from "./decode-options.js";
import { decodeRange } from "./decode-range.js";
import type {
  EnumDescriptor,
  FieldDescriptor,
  MembersDescriptor,
  MessageDescriptor,
  MessageOptions,
  OneofDescriptor,
  OneofOptions,
  RangeDescriptor,
} from "./descriptor.js";
import { type DescriptorReader, LEN } from "./descriptor-reader.js";
import { messageOptions, oneofOptions } from "./option-tables.js";
import { RecordCollector, type Records, readersOf } from "./records.js";

/** Reads a `DescriptorProto` with its length; its fields and oneofs are left for whoever asks for them. */
export function decodeMessage(reader: DescriptorReader): MessageDescriptor {
  const end = reader.open();
  const members = new RecordCollector(reader);
  const nestedType: MessageDescriptor[] = [];
  const enumType: EnumDescriptor[] = [];
  const extensionRange: RangeDescriptor[] = [];
  const extension: FieldDescriptor[] = [];
  const reservedRange: RangeDescriptor[] = [];
  const reservedName: string[] = [];
  let name = "";
  let options: MessageOptions | undefined;
  let visibility = 0;
  while (reader.pos < end) {
    const start = reader.pos;
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case FIELD:
      case ONEOF:
        members.pass(start);
        break;
      case (3 << 3) | LEN:
        nestedType.push(decodeMessage(reader));
        break;
      case (4 << 3) | LEN:
        enumType.push(decodeEnum(reader));
        break;
      case (5 << 3) | LEN:
        extensionRange.push(decodeRange(reader));
        break;
      case (6 << 3) | LEN:
        extension.push(decodeField(reader));
        break;
      case (7 << 3) | LEN:
        options = decodeOptions(reader, messageOptions, options);
        break;
      case (9 << 3) | LEN:
        reservedRange.push(decodeRange(reader));
        break;
      case (10 << 3) | LEN:
        reservedName.push(reader.text());
        break;
      case 11 << 3:
        visibility = reader.varint();
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
  return {
    name,
    members: members.finish(),
    nestedType,
    enumType,
    extensionRange,
    extension,
    options,
    reservedRange,
    reservedName,
    visibility,
  };
}

/**
 * Reads the fields and oneofs of a message.
 * @throws WireError when the bytes are malformed
 */
export function decodeMembers(members: Records, annotated: boolean): MembersDescriptor {
  const field: FieldDescriptor[] = [];
  const oneofDecl: OneofDescriptor[] = [];
  for (const reader of readersOf(members, annotated))
    while (!reader.done)
      if (reader.tag() === FIELD) field.push(decodeField(reader));
      else oneofDecl.push(decodeOneof(reader));
  return { field, oneofDecl };
}

function decodeOneof(reader: DescriptorReader): OneofDescriptor {
  const end = reader.open();
  let name = "";
  let options: OneofOptions | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === ((1 << 3) | LEN)) name = reader.text();
    else if (tag === ((2 << 3) | LEN)) options = decodeOptions(reader, oneofOptions, options);
    else reader.skip(tag);
  }
  reader.close(end);
  return { name, options };
}

const FIELD = (2 << 3) | LEN;
const ONEOF = (8 << 3) | LEN;
