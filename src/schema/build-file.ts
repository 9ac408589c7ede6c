import { buildField, linkOneofs } from "./build-field.js";
import type {
  EnumDescriptor,
  EnumValueDescriptor,
  FileDescriptor,
  MessageDescriptor,
  MethodDescriptor,
  ServiceDescriptor,
} from "./descriptor.js";
import { EDITION_PROTO2, EDITION_PROTO3, editionOf } from "./edition-of.js";
import { fileAround, join, lifecycleIn, scopeOf } from "./element-base.js";
import type { Features } from "./features.js";
import { readFileOptions } from "./file-options.js";
import type { Place } from "./place.js";
import { readLifecycle } from "./read-lifecycle.js";
import { defaultFeatures, overrideFeatures } from "./resolve-features.js";
import type {
  Container,
  Enum,
  EnumValue,
  Field,
  Message,
  Method,
  Oneof,
  SchemaFile,
  Service,
} from "./schema.js";
import { makeSourceInfo } from "./source-info.js";

/** The elements of one decoded file; names are not yet checked against other files. */
export function buildFile(proto: FileDescriptor, isImport: boolean, place: Place): SchemaFile {
  const edition = editionOf(proto);
  const messages: Message[] = [];
  const enums: Enum[] = [];
  const services: Service[] = [];
  const extensions: Field[] = [];
  const file: SchemaFile = {
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
    messages,
    enums,
    services,
    extensions,
    sourceInfo: makeSourceInfo(proto.sourceCodeInfo, proto.name),
  };
  for (const [i, child] of proto.messageType.entries())
    messages.push(buildMessage(child, file, place.child(4, i)));
  for (const [i, child] of proto.enumType.entries()) enums.push(buildEnum(child, file, place.child(5, i)));
  for (const [i, child] of proto.service.entries())
    services.push(buildService(child, file, place.child(6, i)));
  for (const [i, child] of proto.extension.entries())
    extensions.push(buildField(child, file, place.child(7, i), []));
  return file;
}

/** Before editions a feature of Java was an option of the file. */
function fileFeatures({ options }: FileDescriptor, edition: number): Features {
  const features = overrideFeatures(defaultFeatures(edition), options?.features);
  return options?.javaStringCheckUtf8 ? { ...features, javaUtf8Validation: "VERIFY" } : features;
}

function buildMessage(proto: MessageDescriptor, parent: Container, place: Place): Message {
  const { options } = proto;
  const fields: Field[] = [];
  const oneofs: Oneof[] = [];
  const messages: Message[] = [];
  const enums: Enum[] = [];
  const extensions: Field[] = [];
  const fieldByNumber = new Map<number, Field>();
  const message: Message = {
    kind: "message",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: fileAround(parent),
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    fields,
    fieldByNumber,
    oneofs,
    syntheticOneofs: syntheticOneofs(proto),
    messages,
    enums,
    extensions,
    reservedRanges: proto.reservedRange.map(toInclusive),
    reservedNames: proto.reservedName,
    extensionRanges: proto.extensionRange.map(toInclusive),
    mapEntry: options?.mapEntry ?? false,
    messageSet: options?.messageSetWireFormat ?? false,
    noStandardDescriptorAccessor: options?.noStandardDescriptorAccessor ?? false,
  };
  for (const [i, child] of proto.nestedType.entries())
    messages.push(buildMessage(child, message, place.child(3, i)));
  for (const [i, child] of proto.enumType.entries()) enums.push(buildEnum(child, message, place.child(4, i)));
  for (const [i, child] of proto.extension.entries())
    extensions.push(buildField(child, message, place.child(6, i), []));
  const members = linkOneofs(proto, message, place, oneofs);
  for (const [i, child] of proto.field.entries())
    fields.push(buildField(child, message, place.child(2, i), members));
  for (const field of fields) fieldByNumber.set(field.number, field);
  return message;
}

/** Names of the oneofs that the compiler makes for proto3 `optional`. */
function syntheticOneofs({ field, oneofDecl }: MessageDescriptor): readonly string[] {
  if (oneofDecl.length === 0) return none;
  return field.flatMap(({ proto3Optional, oneofIndex }) =>
    proto3Optional ? (oneofDecl[oneofIndex ?? 0]?.name ?? []) : [],
  );
}

const none: readonly never[] = [];

function buildEnum(proto: EnumDescriptor, parent: Container, place: Place): Enum {
  const { options } = proto;
  const values: EnumValue[] = [];
  const features = overrideFeatures(parent.features, options?.features);
  const result: Enum = {
    kind: "enum",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: fileAround(parent),
    path: place.path,
    features,
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    values,
    closed: features.enumType === "CLOSED",
    allowAlias: options?.allowAlias ?? false,
    reservedRanges: proto.reservedRange.map(({ start, end }) => ({ start, end })),
    reservedNames: proto.reservedName,
  };
  for (const [i, child] of proto.value.entries()) values.push(buildValue(child, result, place.child(2, i)));
  return result;
}

function buildValue(proto: EnumValueDescriptor, parent: Enum, place: Place): EnumValue {
  const { options } = proto;
  return {
    kind: "enum-value",
    name: proto.name,
    fullName: join(scopeOf(parent.parent), proto.name),
    file: parent.file,
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    number: proto.number,
  };
}

function buildService(proto: ServiceDescriptor, parent: SchemaFile, place: Place): Service {
  const { options } = proto;
  const methods: Method[] = [];
  const service: Service = {
    kind: "service",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: parent,
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    methods,
  };
  for (const [i, child] of proto.method.entries())
    methods.push(buildMethod(child, service, place.child(2, i)));
  return service;
}

function buildMethod(proto: MethodDescriptor, parent: Service, place: Place): Method {
  const { options } = proto;
  return {
    kind: "method",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: parent.file,
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    input: proto.inputType,
    output: proto.outputType,
    clientStreaming: proto.clientStreaming,
    serverStreaming: proto.serverStreaming,
    idempotency: idempotencyLevels[options?.idempotencyLevel ?? 0] ?? "IDEMPOTENCY_UNKNOWN",
  };
}

/** By number. */
const idempotencyLevels: readonly Method["idempotency"][] = [
  "IDEMPOTENCY_UNKNOWN",
  "NO_SIDE_EFFECTS",
  "IDEMPOTENT",
];

/** Descriptors end message ranges exclusively, enum ranges inclusively. */
function toInclusive({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end: end - 1 };
}
