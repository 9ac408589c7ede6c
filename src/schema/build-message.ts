import { buildEnum } from "./build-enum.js";
import { buildField, linkOneofs } from "./build-field.js";
import { checkLinks } from "./check-links.js";
import { decodeMembers } from "./decode-message.js";
import { decoding } from "./decoding.js";
import type { MembersDescriptor, MessageDescriptor } from "./descriptor.js";
import { mapped, none, orNone, type Surroundings } from "./element-base.js";
import { LazyElement } from "./lazy-element.js";
import type { Place } from "./place.js";
import { visibilityOf } from "./resolve-visibility.js";
import type { Container, Field, Message, Oneof } from "./schema.js";

export function buildMessage(
  proto: MessageDescriptor,
  parent: Container,
  place: Place,
  around: Surroundings,
): Message {
  return new LazyMessage(proto, parent, place, around);
}

class LazyMessage extends LazyElement implements Message {
  readonly kind = "message";
  readonly messages: readonly Message[];
  readonly enums: Message["enums"];
  readonly extensions: readonly Field[];
  readonly reservedRanges: Message["reservedRanges"];
  readonly reservedNames: readonly string[];
  readonly extensionRanges: Message["extensionRanges"];
  readonly mapEntry: boolean;
  readonly messageSet: boolean;
  readonly noStandardDescriptorAccessor: boolean;
  readonly visibility: Message["visibility"];
  #content: Members | undefined;
  #fieldByNumber: ReadonlyMap<number, Field> | undefined;

  constructor(
    proto: MessageDescriptor,
    parent: Container,
    private readonly place: Place,
    private readonly around: Surroundings,
  ) {
    super(proto, parent, place);
    const { options } = proto;
    this.reservedRanges = mapped(proto.reservedRange, toInclusive);
    this.reservedNames = orNone(proto.reservedName);
    this.extensionRanges = mapped(proto.extensionRange, toInclusive);
    this.mapEntry = options?.mapEntry ?? false;
    this.messageSet = options?.messageSetWireFormat ?? false;
    this.noStandardDescriptorAccessor = options?.noStandardDescriptorAccessor ?? false;
    this.visibility = visibilityOf(proto.visibility, parent);
    this.messages = mapped(proto.nestedType, (child, i) =>
      buildMessage(child, this, place.child(3, i), around),
    );
    this.enums = mapped(proto.enumType, (child, i) => buildEnum(child, this, place.child(4, i), around));
    this.extensions = mapped(proto.extension, (child, i) => buildField(child, this, place.child(6, i), none));
  }

  get fields(): readonly Field[] {
    return this.content.fields;
  }

  get fieldByNumber(): ReadonlyMap<number, Field> {
    this.#fieldByNumber ??= new Map(this.fields.map((field) => [field.number, field]));
    return this.#fieldByNumber;
  }

  get oneofs(): readonly Oneof[] {
    return this.content.oneofs;
  }

  get syntheticOneofs(): readonly string[] {
    return this.content.syntheticOneofs;
  }

  private get content(): Members {
    this.#content ??= buildMembers(this, this.place, this.around);
    return this.#content;
  }
}

type Members = Pick<Message, "fields" | "oneofs" | "syntheticOneofs">;

function buildMembers(message: Message, place: Place, { annotated, declared }: Surroundings): Members {
  const proto = decoding(message.file.fullName, () => decodeMembers(message.members, annotated));
  const oneofs = linkOneofs(proto, message, place);
  const fields = mapped(proto.field, (child, i) => buildField(child, message, place.child(2, i), oneofs));
  if (declared !== undefined) for (const field of fields) checkLinks(field, declared);
  return {
    fields,
    oneofs: oneofs.filter((oneof) => oneof !== undefined),
    syntheticOneofs: syntheticOneofs(proto),
  };
}

/** Names of the oneofs that the compiler makes for proto3 `optional`. */
function syntheticOneofs({ field, oneofDecl }: MembersDescriptor): readonly string[] {
  if (oneofDecl.length === 0) return none;
  return field.flatMap(({ proto3Optional, oneofIndex }) =>
    proto3Optional ? (oneofDecl[oneofIndex ?? 0]?.name ?? []) : [],
  );
}

/** Descriptors end message ranges exclusively, enum ranges inclusively. */
function toInclusive({ start, end }: { readonly start: number; readonly end: number }) {
  return { start, end: end - 1 };
}
