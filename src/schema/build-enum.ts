import { decodeValues } from "./decode-enum.js";
import { decoding } from "./decoding.js";
import type { EnumDescriptor, EnumValueDescriptor } from "./descriptor.js";
import { join, lifecycleIn, mapped, orNone, type Surroundings, scopeOf } from "./element-base.js";
import { LazyElement } from "./lazy-element.js";
import type { Place } from "./place.js";
import { overrideFeatures } from "./resolve-features.js";
import { visibilityOf } from "./resolve-visibility.js";
import type { Container, Enum, EnumValue } from "./schema.js";

export function buildEnum(
  proto: EnumDescriptor,
  parent: Container,
  place: Place,
  around: Surroundings,
): Enum {
  return new LazyEnum(proto, parent, place, around);
}

class LazyEnum extends LazyElement implements Enum {
  readonly kind = "enum";
  readonly closed: boolean;
  readonly allowAlias: boolean;
  readonly visibility: Enum["visibility"];
  readonly reservedRanges: Enum["reservedRanges"];
  readonly reservedNames: readonly string[];
  #values: readonly EnumValue[] | undefined;

  constructor(
    proto: EnumDescriptor,
    parent: Container,
    private readonly place: Place,
    private readonly around: Surroundings,
  ) {
    super(proto, parent, place);
    const { options } = proto;
    this.closed = this.features.enumType === "CLOSED";
    this.allowAlias = options?.allowAlias ?? false;
    this.visibility = visibilityOf(proto.visibility, parent);
    this.reservedRanges = orNone(proto.reservedRange);
    this.reservedNames = orNone(proto.reservedName);
  }

  get values(): readonly EnumValue[] {
    this.#values ??= mapped(this.decode(), (child, i) => buildValue(child, this, this.place.child(2, i)));
    return this.#values;
  }

  private decode(): readonly EnumValueDescriptor[] {
    return decoding(this.file.fullName, () => decodeValues(this.members, this.around.annotated));
  }
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
