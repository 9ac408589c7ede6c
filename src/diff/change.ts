import type {
  Element,
  Enum,
  EnumValue,
  Field,
  Message,
  Method,
  NumberRange,
  SchemaFile,
  Service,
} from "../schema/index.js";

/** Something that is there on both sides and differs in one aspect. */
interface Changed<Kind extends string, E extends Element> {
  readonly kind: Kind;
  readonly before: E;
  readonly after: E;
  /** The aspect, in words of the source: a type, a name, a state; "" where there was none. */
  readonly from: string;
  readonly to: string;
}

/** Something that is gone; its own parts are gone with it and make no changes of their own. */
interface Removed<Kind extends string, E extends Element, P extends Element> {
  readonly kind: Kind;
  readonly before: E;
  /** What it left, as it is after. */
  readonly parent: P;
}

/** Something that is there for the first time, and each part of it likewise. */
interface Added<Kind extends string, E extends Element, P extends Element> {
  readonly kind: Kind;
  readonly after: E;
  /** What it joined, as it was before; `undefined` where that is new too. */
  readonly parent: P | undefined;
}

/** A type or service that its full name no longer finds in any file. */
type Gone<Kind extends string, E extends Element> = Omit<Removed<Kind, E, Element>, "parent">;

/** A number of an enum, with every name that it has. */
interface RemovedValue extends Removed<"enum-value-removed", EnumValue, Enum> {
  readonly aliases: readonly EnumValue[];
}

interface RemovedReservation {
  readonly kind: "reserved-removed";
  readonly before: Message;
  readonly after: Message;
  /** As `reserved` takes it: `2 to 5` or `"name"`. */
  readonly from: string;
  readonly to: "";
  /** The numbers of `from` that are free now; empty for a name. */
  readonly freed: readonly NumberRange[];
}

/**
 * One fact about two schemas. Elements are paired by full name wherever they are declared; fields and enum
 * values by number; files by path. The `left-file` kinds tell what a surviving file lost, which is another
 * fact than its being gone.
 */
export type Change =
  | Gone<"file-removed", SchemaFile>
  | Changed<"file-package-changed", SchemaFile>
  | Removed<"message-left-file", Message, SchemaFile | Message>
  | Removed<"enum-left-file", Enum, SchemaFile | Message>
  | Removed<"service-left-file", Service, SchemaFile>
  | Gone<"message-removed", Message>
  | Gone<"enum-removed", Enum>
  | Gone<"service-removed", Service>
  | Gone<"extension-removed", Field>
  | Added<"message-added", Message, SchemaFile | Message>
  | Added<"enum-added", Enum, SchemaFile | Message>
  | Added<"service-added", Service, SchemaFile>
  | RemovedReservation
  | Removed<"field-removed", Field, Message>
  | Added<"field-added", Field, SchemaFile | Message>
  | Changed<"field-renamed", Field>
  | Changed<"field-type-changed", Field>
  | Changed<"field-cardinality-changed", Field>
  | Changed<"field-oneof-changed", Field>
  | Changed<"field-json-name-changed", Field>
  | Changed<"field-default-changed", Field>
  | RemovedValue
  | Added<"enum-value-added", EnumValue, Enum>
  | Changed<"enum-value-renamed", EnumValue>
  | Removed<"method-removed", Method, Service>
  | Added<"method-added", Method, Service>
  | Changed<"method-request-changed", Method>
  | Changed<"method-response-changed", Method>
  | Changed<"method-streaming-changed", Method>
  | Changed<"features-changed", Element>
  | Changed<"lifecycle-changed", Element>
  | Changed<"sunset-changed", Element>;

export type ChangeKind = Change["kind"];

/** The changes of one kind, or of several. */
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { readonly kind: Kind }>;
