import { decodeValues } from "./decode-enum.js";
import { decoding } from "./decoding.js";
import type { EnumDescriptor, EnumValueDescriptor } from "./descriptor.js";
import { fileAround, join, lifecycleIn, mapped, orNone, type Surroundings, scopeOf } from "./element-base.js";
import type { Place } from "./place.js";
import type { Records } from "./records.js";
import { overrideFeatures } from "./resolve-features.js";
import { visibilityOf } from "./resolve-visibility.js";
import type { Container, Enum, EnumValue, SchemaFile } from "./schema.js";

export function buildEnum(
  proto: EnumDescriptor,
  parent: Container,
  place: Place,
  around: Surroundings,
): Enum {
  return new LazyEnum(proto, parent, place, around);
}

/** A class for its getter, as a message is. */
class LazyEnum implements Enum {
  readonly kind = "enum";
  readonly name: string;
  readonly fullName: string;
  readonly file: SchemaFile;
  readonly path: readonly number[];
  readonly features: Enum["features"];
  readonly lifecycle: Enum["lifecycle"];
  readonly deprecated: boolean;
  readonly members: Records;
  readonly closed: boolean;
  readonly allowAlias: boolean;
  readonly visibility: Enum["visibility"];
  readonly reservedRanges: Enum["reservedRanges"];
  readonly reservedNames: readonly string[];
  #values: readonly EnumValue[] | undefined;

  constructor(
    proto: EnumDescriptor,
    readonly parent: Container,
    private readonly place: Place,
    private readonly around: Surroundings,
  ) {
    const { options } = proto;
    this.name = proto.name;
    this.fullName = join(scopeOf(parent), proto.name);
    this.file = fileAround(parent);
    this.path = place.path;
    this.features = overrideFeatures(parent.features, options?.features);
    this.lifecycle = lifecycleIn(parent, options, place.path);
    this.deprecated = options?.deprecated ?? false;
    this.members = proto.members;
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
