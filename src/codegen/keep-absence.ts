import { create } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  FeatureSet_FieldPresence,
  FeatureSetSchema,
  type FieldDescriptorProto,
  FieldOptionsSchema,
  OneofDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import type { Field, Message } from "../schema/index.js";
import type { Annotated } from "./annotated.js";

/**
 * Gives DEPRECATED fields explicit presence: an absent one stays absent instead of reading as a default that
 * nobody sent. On the wire nothing changes. (In editions protobuf-es still reads a default, from the prototype
 * of the message; there `isFieldSet` tells the two apart.)
 */
export function keepAbsence(elements: readonly Annotated[]): void {
  for (const [proto, element] of elements)
    if (element.kind === "message" && !element.mapEntry && "field" in proto) keepInMessage(proto, element);
}

function keepInMessage(proto: DescriptorProto, message: Message): void {
  message.fields.forEach((field, index) => {
    const descriptor = proto.field[index];
    if (descriptor === undefined || !hidesAbsence(field)) return;
    if (field.file.syntax === "editions") setExplicit(descriptor);
    else addSyntheticOneof(proto, descriptor);
  });
}

function hidesAbsence({ cardinality, lifecycle }: Field): boolean {
  return cardinality === "implicit" && lifecycle.state === "DEPRECATED" && lifecycle.source !== "inferred";
}

function setExplicit(field: FieldDescriptorProto): void {
  field.options ??= create(FieldOptionsSchema);
  field.options.features ??= create(FeatureSetSchema);
  field.options.features.fieldPresence = FeatureSet_FieldPresence.EXPLICIT;
}

/**
 * What a compiler makes of `optional` in proto3; synthetic oneofs stand after all others.
 * @see https://protobuf.com/docs/descriptors#synthetic-oneofs
 */
function addSyntheticOneof(message: DescriptorProto, field: FieldDescriptorProto): void {
  const taken = new Set(
    [...message.field, ...message.oneofDecl, ...message.nestedType, ...message.enumType].map(
      (child) => child.name,
    ),
  );
  let name = `_${field.name}`;
  while (taken.has(name)) name = `X${name}`;
  field.proto3Optional = true;
  field.oneofIndex = message.oneofDecl.length;
  message.oneofDecl.push(create(OneofDescriptorProtoSchema, { name }));
}
