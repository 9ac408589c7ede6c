import { decodeOptions } from "./decode-options.js";
import type { FieldDescriptor, FieldOptions } from "./descriptor.js";
import { type DescriptorReader, LEN } from "./descriptor-reader.js";
import { fieldOptions } from "./option-tables.js";

/** Reads a `FieldDescriptorProto` with its length. */
export function decodeField(reader: DescriptorReader): FieldDescriptor {
  const end = reader.open();
  let name = "";
  let extendee = "";
  let number = 0;
  let label = 1;
  let type = 1;
  let typeName = "";
  let defaultValue: string | undefined;
  let options: FieldOptions | undefined;
  let oneofIndex: number | undefined;
  let jsonName = "";
  let proto3Optional = false;
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case (2 << 3) | LEN:
        extendee = reader.typeName();
        break;
      case 3 << 3:
        number = reader.int32();
        break;
      case 4 << 3:
        label = reader.enumeration(label, LAST_LABEL);
        break;
      case 5 << 3:
        type = reader.enumeration(type, LAST_TYPE);
        break;
      case (6 << 3) | LEN:
        typeName = reader.typeName();
        break;
      case (7 << 3) | LEN:
        defaultValue = reader.text();
        break;
      case (8 << 3) | LEN:
        options = decodeOptions(reader, fieldOptions, options);
        break;
      case 9 << 3:
        oneofIndex = reader.int32();
        break;
      case (10 << 3) | LEN:
        jsonName = reader.text();
        break;
      case 17 << 3:
        proto3Optional = reader.varint() !== 0;
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
  return {
    name,
    extendee,
    number,
    label,
    type,
    typeName,
    defaultValue,
    options,
    oneofIndex,
    jsonName,
    proto3Optional,
  };
}

/** TYPE_SINT64 and LABEL_REPEATED; of a number beyond, nobody knows what it means. */
const LAST_TYPE = 18;
const LAST_LABEL = 3;
