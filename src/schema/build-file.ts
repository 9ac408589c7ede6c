import { buildEnum } from "./build-enum.js";
import { buildField } from "./build-field.js";
import { buildMessage } from "./build-message.js";
import { buildService } from "./build-service.js";
import type { FileDescriptor } from "./descriptor.js";
import { EDITION_PROTO2, EDITION_PROTO3, editionOf } from "./edition-of.js";
import { mapped, none, type Surroundings, type Unfinished } from "./element-base.js";
import type { Features } from "./features.js";
import { readFileOptions } from "./file-options.js";
import type { Place } from "./place.js";
import { readLifecycle } from "./read-lifecycle.js";
import { defaultFeatures, overrideFeatures, sharedFeatures } from "./resolve-features.js";
import { defaultVisibilityOf } from "./resolve-visibility.js";
import type { SchemaFile } from "./schema.js";
import { makeSourceInfo } from "./source-info.js";

/** The elements of one decoded file; names are checked against other files as they are asked for. */
export function buildFile(
  proto: FileDescriptor,
  isImport: boolean,
  place: Place,
  around: Surroundings,
): SchemaFile {
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
    defaultVisibility: defaultVisibilityOf(proto, edition),
    messages: none,
    enums: none,
    services: none,
    extensions: none,
    sourceInfo: makeSourceInfo(proto.sourceCodeInfo, proto.name),
    bytes: proto.bytes,
  };
  file.messages = mapped(proto.messageType, (child, i) =>
    buildMessage(child, file, place.child(4, i), around),
  );
  file.enums = mapped(proto.enumType, (child, i) => buildEnum(child, file, place.child(5, i), around));
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
