import { create, setExtension } from "@bufbuild/protobuf";
import {
  type FieldDescriptorProto,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileOptionsSchema,
  type MethodDescriptorProto,
  MethodOptionsSchema,
  type ServiceDescriptorProto,
  ServiceOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import {
  field_lifecycle,
  Lifecycle,
  method_lifecycle,
  service_lifecycle,
  upgrades,
} from "../../src/gen/proto4/options_pb.js";
import type { Field, Method, SchemaFile, Service } from "../../src/schema/index.js";
import { type Draft, rewrite } from "./draft.js";

/** What an annotation may say the end of. */
export type Ending = Field | Method | Service;

/** `[(proto4.field_lifecycle) = DEPRECATED]`, or `option (proto4.method_lifecycle) = DEPRECATED;`. */
export function declareEnd(draft: Draft, element: Ending): void {
  rewrite(draft, element, ({ message }) => {
    if (element.kind === "field") endField(message as FieldDescriptorProto);
    else if (element.kind === "method") endMethod(message as MethodDescriptorProto);
    else endService(message as ServiceDescriptorProto);
  });
}

/** `option (proto4.upgrades) = "elder";` */
export function declareUpgrade(draft: Draft, file: SchemaFile, elder: string): void {
  rewrite(draft, file, ({ message }) => {
    const descriptor = message as FileDescriptorProto;
    descriptor.options ??= create(FileOptionsSchema);
    setExtension(descriptor.options, upgrades, elder);
  });
}

function endField(field: FieldDescriptorProto): void {
  field.options ??= create(FieldOptionsSchema);
  setExtension(field.options, field_lifecycle, Lifecycle.DEPRECATED);
}

function endMethod(method: MethodDescriptorProto): void {
  method.options ??= create(MethodOptionsSchema);
  setExtension(method.options, method_lifecycle, Lifecycle.DEPRECATED);
}

function endService(service: ServiceDescriptorProto): void {
  service.options ??= create(ServiceOptionsSchema);
  setExtension(service.options, service_lifecycle, Lifecycle.DEPRECATED);
}
