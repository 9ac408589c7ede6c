import type {
  DescriptorProto,
  EnumDescriptorProto,
  EnumValueDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
  MethodDescriptorProto,
  ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import type { Container, Element, Oneof } from "../schema/index.js";

type AnnotatedProto =
  | FileDescriptorProto
  | DescriptorProto
  | FieldDescriptorProto
  | EnumDescriptorProto
  | EnumValueDescriptorProto
  | ServiceDescriptorProto
  | MethodDescriptorProto;

/** A descriptor beside the element built from it. */
export type Annotated = readonly [proto: AnnotatedProto, element: Exclude<Element, Oneof>];

/** Every annotated descriptor of a file or message, the container itself first. */
export function* annotated(
  proto: FileDescriptorProto | DescriptorProto,
  container: Container,
): Generator<Annotated> {
  yield [proto, container];
  const fields = container.kind === "message" && "field" in proto ? zip(proto.field, container.fields) : [];
  yield* fields;
  yield* zip(proto.extension, container.extensions);
  for (const [child, message] of zip(messagesOf(proto), container.messages)) yield* annotated(child, message);
  for (const [child, declared] of zip(proto.enumType, container.enums)) {
    yield [child, declared];
    yield* zip(child.value, declared.values);
  }
  if (container.kind !== "file" || !("service" in proto)) return;
  for (const [child, service] of zip(proto.service, container.services)) {
    yield [child, service];
    yield* zip(child.method, service.methods);
  }
}

function messagesOf(proto: FileDescriptorProto | DescriptorProto): readonly DescriptorProto[] {
  return "messageType" in proto ? proto.messageType : proto.nestedType;
}

function zip<A, B>(left: readonly A[], right: readonly B[]): (readonly [A, B])[] {
  return left.map((item, index) => [item, right[index]!] as const);
}
