import { decodeOptions } from "./decode-options.js";
import type { MethodDescriptor, MethodOptions, Options, ServiceDescriptor } from "./descriptor.js";
import { type DescriptorReader, LEN } from "./descriptor-reader.js";
import { methodOptions, serviceOptions } from "./option-tables.js";

/** Reads a `ServiceDescriptorProto` with its length. */
export function decodeService(reader: DescriptorReader): ServiceDescriptor {
  const end = reader.open();
  const method: MethodDescriptor[] = [];
  let name = "";
  let options: Options | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === ((1 << 3) | LEN)) name = reader.text();
    else if (tag === ((2 << 3) | LEN)) method.push(decodeMethod(reader));
    else if (tag === ((3 << 3) | LEN)) options = decodeOptions(reader, serviceOptions, options);
    else reader.skip(tag);
  }
  reader.close(end);
  return { name, method, options };
}

function decodeMethod(reader: DescriptorReader): MethodDescriptor {
  const end = reader.open();
  let name = "";
  let inputType = "";
  let outputType = "";
  let options: MethodOptions | undefined;
  let clientStreaming = false;
  let serverStreaming = false;
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case (1 << 3) | LEN:
        name = reader.text();
        break;
      case (2 << 3) | LEN:
        inputType = reader.typeName();
        break;
      case (3 << 3) | LEN:
        outputType = reader.typeName();
        break;
      case (4 << 3) | LEN:
        options = decodeOptions(reader, methodOptions, options);
        break;
      case 5 << 3:
        clientStreaming = reader.varint() !== 0;
        break;
      case 6 << 3:
        serverStreaming = reader.varint() !== 0;
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
  return { name, inputType, outputType, options, clientStreaming, serverStreaming };
}
