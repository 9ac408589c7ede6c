import type { EnumDescriptor, EnumValueDescriptor } from "./descriptor.js";
import { fileAround, join, lifecycleIn, mapped, none, scopeOf, type Unfinished } from "./element-base.js";
import type { Place } from "./place.js";
import { overrideFeatures } from "./resolve-features.js";
import type { Container, Enum, EnumValue } from "./schema.js";

export function buildEnum(proto: EnumDescriptor, parent: Container, place: Place): Enum {
  const { options } = proto;
  const features = overrideFeatures(parent.features, options?.features);
  const result: Unfinished<Enum> = {
    kind: "enum",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: fileAround(parent),
    path: place.path,
    features,
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    values: none,
    closed: features.enumType === "CLOSED",
    allowAlias: options?.allowAlias ?? false,
    reservedRanges: proto.reservedRange.map(({ start, end }) => ({ start, end })),
    reservedNames: mapped(proto.reservedName, (name) => name),
  };
  result.values = mapped(proto.value, (child, i) => buildValue(child, result, place.child(2, i)));
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
