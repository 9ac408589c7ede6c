import { decodeEnum } from "./decode-enum.js";
import { decodeField } from "./decode-field.js";
import { decodeOptions } from "./decode-options.js";
import { decodeRange } from "./decode-range.js";
import type {
  EnumDescriptor,
  FieldDescriptor,
  MessageDescriptor,
  MessageOptions,
  OneofDescriptor,
  OneofOptions,
  RangeDescriptor,
} from "./descriptor.js";
import { type DescriptorReader, LEN } from "./descriptor-reader.js";
import { messageOptions, oneofOptions } from "./option-tables.js";

/** Reads a `DescriptorProto` with its length. */
export function decodeMessage(reader: DescriptorReader): MessageDescriptor {
  const end = reader.open();
  const field: FieldDescriptor[] = [];
  const nestedType: MessageDescriptor[] = [];
  const enumType: EnumDescriptor[] = [];
  const extensionRange: RangeDescriptor[] = [];
  const extension: FieldDescriptor[] = [];
  const oneofDecl: OneofDescriptor[] = [];
  const reservedRange: RangeDescriptor[] = [];
  const reservedName: string[] = [];
  let name = "";
  let options: MessageOptions | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case (2 << 3) | LEN:
        field.push(decodeField(reader));
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
      case (8 << 3) | LEN:
        oneofDecl.push(decodeOneof(reader));
        break;
      case (9 << 3) | LEN:
        reservedRange.push(decodeRange(reader));
        break;
      case (10 << 3) | LEN:
        reservedName.push(reader.text());
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
  return {
    name,
    field,
    nestedType,
    enumType,
    extensionRange,
    extension,
    options,
    oneofDecl,
    reservedRange,
    reservedName,
  };
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
