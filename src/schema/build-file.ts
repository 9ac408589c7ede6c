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
import { common, join, withoutDot } from "./element-base.js";
import type { Features } from "./features.js";
import { readFileOptions } from "./file-options.js";
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
export function buildFile(proto: FileDescriptor, isImport: boolean): SchemaFile {
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
    path: [],
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
  messages.push(...proto.messageType.map((child, index) => buildMessage(child, file, [4, index])));
  enums.push(...proto.enumType.map((child, index) => buildEnum(child, file, [5, index])));
  services.push(...proto.service.map((child, index) => buildService(child, file, [6, index])));
  extensions.push(...proto.extension.map((child, index) => buildField(child, file, [7, index], [])));
  return file;
}

/** Before editions a feature of Java was an option of the file. */
function fileFeatures({ options }: FileDescriptor, edition: number): Features {
  const features = overrideFeatures(defaultFeatures(edition), options?.features);
  return options?.javaStringCheckUtf8 ? { ...features, javaUtf8Validation: "VERIFY" } : features;
}

function buildMessage(proto: MessageDescriptor, parent: Container, path: readonly number[]): Message {
  const fields: Field[] = [];
  const oneofs: Oneof[] = [];
  const messages: Message[] = [];
  const enums: Enum[] = [];
  const extensions: Field[] = [];
  const fieldByNumber = new Map<number, Field>();
  const message: Message = {
    kind: "message",
    ...common(proto, parent, path),
    parent,
    fields,
    fieldByNumber,
    oneofs,
    syntheticOneofs: proto.field.flatMap(({ proto3Optional, oneofIndex }) =>
      proto3Optional ? (proto.oneofDecl[oneofIndex ?? 0]?.name ?? []) : [],
    ),
    messages,
    enums,
    extensions,
    reservedRanges: proto.reservedRange.map(toInclusive),
    reservedNames: proto.reservedName,
    extensionRanges: proto.extensionRange.map(toInclusive),
    mapEntry: proto.options?.mapEntry ?? false,
    messageSet: proto.options?.messageSetWireFormat ?? false,
    noStandardDescriptorAccessor: proto.options?.noStandardDescriptorAccessor ?? false,
  };
  messages.push(...proto.nestedType.map((child, index) => buildMessage(child, message, [...path, 3, index])));
  enums.push(...proto.enumType.map((child, index) => buildEnum(child, message, [...path, 4, index])));
  extensions.push(
    ...proto.extension.map((child, index) => buildField(child, message, [...path, 6, index], [])),
  );
  const oneofByIndex = linkOneofs(proto, message, path, oneofs);
  fields.push(
    ...proto.field.map((child, index) => buildField(child, message, [...path, 2, index], oneofByIndex)),
  );
  for (const field of fields) fieldByNumber.set(field.number, field);
  return message;
}

function buildEnum(proto: EnumDescriptor, parent: Container, path: readonly number[]): Enum {
  const values: EnumValue[] = [];
  const shared = common(proto, parent, path);
  const result: Enum = {
    kind: "enum",
    ...shared,
    parent,
    values,
    closed: shared.features.enumType === "CLOSED",
    allowAlias: proto.options?.allowAlias ?? false,
    reservedRanges: proto.reservedRange.map(({ start, end }) => ({ start, end })),
    reservedNames: proto.reservedName,
  };
  values.push(...proto.value.map((child, index) => buildValue(child, result, [...path, 2, index])));
  return result;
}

function buildValue(proto: EnumValueDescriptor, parent: Enum, path: readonly number[]): EnumValue {
  const scope = parent.parent.kind === "file" ? parent.parent.package : parent.parent.fullName;
  return {
    kind: "enum-value",
    ...common(proto, parent, path),
    fullName: join(scope, proto.name),
    parent,
    number: proto.number,
  };
}

function buildService(proto: ServiceDescriptor, parent: SchemaFile, path: readonly number[]): Service {
  const methods: Method[] = [];
  const service: Service = { kind: "service", ...common(proto, parent, path), parent, methods };
  methods.push(...proto.method.map((child, index) => buildMethod(child, service, [...path, 2, index])));
  return service;
}

function buildMethod(proto: MethodDescriptor, parent: Service, path: readonly number[]): Method {
  return {
    kind: "method",
    ...common(proto, parent, path),
    parent,
    input: withoutDot(proto.inputType),
    output: withoutDot(proto.outputType),
    clientStreaming: proto.clientStreaming,
    serverStreaming: proto.serverStreaming,
    idempotency: idempotencyLevels[proto.options?.idempotencyLevel ?? 0] ?? "IDEMPOTENCY_UNKNOWN",
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
