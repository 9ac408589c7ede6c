import type { DescriptorProto, EnumDescriptorProto, ServiceDescriptorProto } from "@bufbuild/protobuf/wkt";
import type { Enum, Field, Method } from "../../src/schema/index.js";
import { type Draft, rewrite } from "./draft.js";

// What cannot be translated is taken out of both generations, to see what else cannot: the mapping stops at the first.

export function setFieldAside(draft: Draft, field: Field): void {
  rewrite(draft, field, (_, [parent]) => {
    const { field: fields } = parent!.message as DescriptorProto;
    fields.splice(field.path.at(-1)!, 1);
  });
}

export function setMethodAside(draft: Draft, method: Method): void {
  rewrite(draft, method, (_, [parent]) => {
    const { method: methods } = parent!.message as ServiceDescriptorProto;
    methods.splice(method.path.at(-1)!, 1);
  });
}

/** The newer enum gets the values of the elder. */
export function alignEnums(draft: Draft, v3: Enum, v4: Enum): void {
  rewrite(draft, v3, (elder) => {
    rewrite(draft, v4, (newer) => {
      (newer.message as EnumDescriptorProto).value = (elder.message as EnumDescriptorProto).value;
      (newer.message as EnumDescriptorProto).options = (elder.message as EnumDescriptorProto).options;
    });
  });
}
