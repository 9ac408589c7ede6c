import { WireError } from "../wire/index.js";
import { decodeEnum } from "./decode-enum.js";
import { decodeField } from "./decode-field.js";
import { decodeMessage } from "./decode-message.js";
import { decodeOptions } from "./decode-options.js";
import { decodeService } from "./decode-service.js";
import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  FileOptions,
  MessageDescriptor,
  ServiceDescriptor,
} from "./descriptor.js";
import { DescriptorReader, LEN } from "./descriptor-reader.js";
import { fileOptions } from "./option-tables.js";

// The decoders of descriptors are written by hand because they are most of what a check does: they read
// what a schema is built from and nothing else, several times as fast as a general decoder. To read one more
// field: a property in descriptor.ts and, in the decoder of its message, a variable with its default and a
// `case` with its number and wire type. One more option: see option-tables.ts.

/**
 * Decodes one serialised `FileDescriptorProto`.
 * @param annotated whether the image holds proto4's definitions: without them, the numbers of its options are
 * somebody else's
 * @throws WireError when the bytes are malformed
 */
export function decodeFile(bytes: Uint8Array, annotated: boolean): FileDescriptor {
  const reader = new DescriptorReader(bytes, annotated);
  const dependency: string[] = [];
  const publicDependency: number[] = [];
  const messageType: MessageDescriptor[] = [];
  const enumType: EnumDescriptor[] = [];
  const service: ServiceDescriptor[] = [];
  const extension: FieldDescriptor[] = [];
  let name = "";
  let packageName = "";
  let options: FileOptions | undefined;
  let sourceCodeInfo: Uint8Array | undefined;
  let syntax = "";
  let edition = 0;
  while (!reader.done) {
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case (2 << 3) | LEN:
        packageName = reader.text();
        break;
      case (3 << 3) | LEN:
        dependency.push(reader.text());
        break;
      case (4 << 3) | LEN:
        messageType.push(decodeMessage(reader));
        break;
      case (5 << 3) | LEN:
        enumType.push(decodeEnum(reader));
        break;
      case (6 << 3) | LEN:
        service.push(decodeService(reader));
        break;
      case (7 << 3) | LEN:
        extension.push(decodeField(reader));
        break;
      case (8 << 3) | LEN:
        options = decodeOptions(reader, fileOptions, options);
        break;
      case (9 << 3) | LEN:
        sourceCodeInfo = reader.joined(sourceCodeInfo);
        break;
      case 10 << 3:
        publicDependency.push(reader.varint());
        break;
      case (10 << 3) | LEN:
        reader.packed(publicDependency);
        break;
      case (12 << 3) | LEN:
        syntax = reader.text();
        break;
      case 14 << 3:
        edition = reader.varint();
        break;
      default:
        // Some decoders would read a name or package of the wrong wire type, and see another file.
        if (tag >>> 3 <= 2) throw new WireError("tag-invalid", reader.pos);
        reader.skip(tag);
    }
  }
  return {
    name,
    package: packageName,
    dependency,
    publicDependency,
    messageType,
    enumType,
    service,
    extension,
    options,
    sourceCodeInfo,
    syntax,
    edition,
    bytes,
  };
}
