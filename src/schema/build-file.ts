import { buildEnum } from "./build-enum.js";
import { buildField, linkOneofs } from "./build-field.js";
import { buildService } from "./build-service.js";
import type { FileDescriptor, MessageDescriptor } from "./descriptor.js";
import { EDITION_PROTO2, EDITION_PROTO3, editionOf } from "./edition-of.js";
import { fileAround, join, lifecycleIn, mapped, none, scopeOf, type Unfinished } from "./element-base.js";
import type { Features } from "./features.js";
import { readFileOptions } from "./file-options.js";
import type { Place } from "./place.js";
import { readLifecycle } from "./read-lifecycle.js";
import { defaultFeatures, overrideFeatures, sharedFeatures } from "./resolve-features.js";
import type { Container, Message, SchemaFile } from "./schema.js";
import { makeSourceInfo } from "./source-info.js";

/** The elements of one decoded file; names are not yet checked against other files. */
export function buildFile(proto: FileDescriptor, isImport: boolean, place: Place): SchemaFile {
  const edition = editionOf(proto);
  const file: Unfinished<SchemaFile> = {
    kind: "file",
    name: proto.name,
    fullName: proto.name,
    package: proto.package,
    path: place.path,
    syntax: edition === EDITION_PROTO2 ? "proto2" : edition === EDITION_PROTO3 ? "proto3" : "editions",
    edition,
    features: fileFeatures(proto, edition),
    lifecycle: readLifecycle(proto.options, undefined, proto.package, () => ({ path: proto.name })),
    deprecated: proto.options?.deprecated ?? false,
    dependencies: proto.dependency,
    publicDependencies: proto.publicDependency.flatMap((index) => proto.dependency[index] ?? []),
    isImport,
    upgrades: proto.options?.upgrades,
    options: readFileOptions(proto.options),
    messages: none,
    enums: none,
    services: none,
    extensions: none,
    sourceInfo: makeSourceInfo(proto.sourceCodeInfo, proto.name),
  };
  file.messages = mapped(proto.messageType, (child, i) => buildMessage(child, file, place.child(4, i)));
  file.enums = mapped(proto.enumType, (child, i) => buildEnum(child, file, place.child(5, i)));
  file.services = mapped(proto.service, (child, i) => buildService(child, file, place.child(6, i)));
  file.extensions = mapped(proto.extension, (child, i) => buildField(child, file, place.child(7, i), none));
  return file;
}

/** Before editions a feature of Java was an option of the file. */
function fileFeatures({ options }: FileDescriptor, edition: number): Features {
  const features = overrideFeatures(defaultFeatures(edition), options?.features);
  return options?.javaStringCheckUtf8
    ? sharedFeatures({ ...features, javaUtf8Validation: "VERIFY" })
    : features;
}

function buildMessage(proto: MessageDescriptor, parent: Container, place: Place): Message {
  const { options } = proto;
  const message: Unfinished<Message> = {
    kind: "message",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: fileAround(parent),
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    fields: none,
    fieldByNumber: new Map(),
    oneofs: none,
    syntheticOneofs: syntheticOneofs(proto),
    messages: none,
    enums: none,
    extensions: none,
    reservedRanges: mapped(proto.reservedRange, toInclusive),
    reservedNames: mapped(proto.reservedName, (name) => name),
    extensionRanges: mapped(proto.extensionRange, toInclusive),
    mapEntry: options?.mapEntry ?? false,
    messageSet: options?.messageSetWireFormat ?? false,
    noStandardDescriptorAccessor: options?.noStandardDescriptorAccessor ?? false,
  };
  message.messages = mapped(proto.nestedType, (child, i) => buildMessage(child, message, place.child(3, i)));
  message.enums = mapped(proto.enumType, (child, i) => buildEnum(child, message, place.child(4, i)));
  message.extensions = mapped(proto.extension, (child, i) =>
    buildField(child, message, place.child(6, i), none),
  );
  const oneofs = linkOneofs(proto, message, place);
  message.oneofs = oneofs.filter((oneof) => oneof !== undefined);
  message.fields = mapped(proto.field, (child, i) => buildField(child, message, place.child(2, i), oneofs));
  message.fieldByNumber = new Map(message.fields.map((field) => [field.number, field]));
  return message;
}

/** Names of the oneofs that the compiler makes for proto3 `optional`. */
function syntheticOneofs({ field, oneofDecl }: MessageDescriptor): readonly string[] {
  if (oneofDecl.length === 0) return none;
  return field.flatMap(({ proto3Optional, oneofIndex }) =>
    proto3Optional ? (oneofDecl[oneofIndex ?? 0]?.name ?? []) : [],
  );
}

/** Descriptors end message ranges exclusively, enum ranges inclusively. */
function toInclusive({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end: end - 1 };
}
