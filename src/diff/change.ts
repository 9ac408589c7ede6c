import type {
  Element,
  Enum,
  EnumValue,
  Field,
  FileOption,
  Message,
  Method,
  NumberRange,
  Oneof,
  SchemaFile,
  Service,
} from "../schema/index.js";
import type { Added, Changed, Gone, Removed } from "./change-shapes.js";

interface ChangedFileOption extends Changed<"file-option-changed", SchemaFile> {
  readonly option: FileOption;
}

/** A custom option that is tracked; its value as a source may write it. */
interface ChangedOption extends Changed<"option-changed", Element> {
  /** Full name of the extension. */
  readonly option: string;
}

/** A file that another one no longer passes on to its importers. */
interface RemovedPublicImport {
  readonly kind: "public-import-removed";
  readonly before: SchemaFile;
  readonly after: SchemaFile;
  /** Its path. */
  readonly from: string;
  readonly to: "";
}

/** A number of an enum, with every name that it has. */
interface RemovedValue extends Removed<"enum-value-removed", EnumValue, Enum> {
  readonly aliases: readonly EnumValue[];
}

/** A number of an enum that stays, but not under all of its names; told of each name that it has now. */
interface RenamedValue extends Changed<"enum-value-renamed", EnumValue> {
  /** The values whose names it lost. */
  readonly lost: readonly EnumValue[];
}

interface RemovedReservation<Kind extends string, E extends Message | Enum> {
  readonly kind: Kind;
  readonly before: E;
  readonly after: E;
  /** As the source has it: `2 to 5` or `"name"`. */
  readonly from: string;
  readonly to: "";
  /** The numbers of `from` that are free now; empty for a name. */
  readonly freed: readonly NumberRange[];
}

/** What a message or enum has for the first time, all of it in one fact: `2 to 5, "name"`. */
interface AddedNumbers<Kind extends string, E extends Message | Enum> extends Changed<Kind, E> {
  readonly from: "";
}

/** An option that no rule judges. */
interface ChangedOtherOption extends Changed<"other-option-changed", Element> {
  /** As a source names it: `(shop.v1.secret)`, `debug_redact`. */
  readonly option: string;
}

/**
 * What no rule judges: only whoever tells everything asks for it.
 * @see diffUnjudged
 */
type UnjudgedChange =
  | AddedNumbers<"reserved-added", Message>
  | AddedNumbers<"enum-reserved-added", Enum>
  | AddedNumbers<"extension-range-added", Message>
  | ChangedOtherOption
  | Changed<"upgrades-changed", SchemaFile>
  | Changed<"was-changed", Element>
  | Changed<"bridge-default-changed", Element>
  | Changed<"introduced-in-changed", Element>
  | Changed<"unit-changed", Element>
  | Changed<"hook-changed", Element>;

/**
 * One fact about two schemas. Elements are paired by full name wherever they are declared; fields and enum
 * values by number; files by path. The `left-file` kinds tell what a surviving file lost, which is another
 * fact than its being gone; `left-package` what no file of the package declares any more. `package-removed`
 * shows the first of the package's files by path.
 */
export type Change =
  | UnjudgedChange
  | Gone<"file-removed", SchemaFile>
  | Gone<"package-removed", SchemaFile>
  | Gone<"left-package", Message | Enum | Service | Field>
  | RemovedPublicImport
  | Changed<"file-package-changed", SchemaFile>
  | Changed<"file-syntax-changed", SchemaFile>
  | ChangedFileOption
  | Removed<"message-left-file", Message, SchemaFile | Message>
  | Removed<"enum-left-file", Enum, SchemaFile | Message>
  | Removed<"service-left-file", Service, SchemaFile>
  | Removed<"extension-left-file", Field, SchemaFile | Message>
  | Gone<"message-removed", Message>
  | Gone<"enum-removed", Enum>
  | Gone<"service-removed", Service>
  | Gone<"extension-removed", Field>
  | Added<"message-added", Message, SchemaFile | Message>
  | Added<"enum-added", Enum, SchemaFile | Message>
  | Added<"service-added", Service, SchemaFile>
  | Changed<"visibility-changed", Message | Enum>
  | RemovedReservation<"reserved-removed", Message>
  | RemovedReservation<"enum-reserved-removed", Enum>
  | RemovedReservation<"extension-range-removed", Message>
  | Changed<"message-json-format-changed", Message>
  | Changed<"descriptor-accessor-changed", Message>
  | Removed<"oneof-removed", Oneof, Message>
  | Removed<"required-removed", Field, Message>
  | Added<"required-added", Field, Message>
  | Removed<"field-removed", Field, Message>
  | Added<"field-added", Field, SchemaFile | Message>
  | Changed<"field-renamed", Field>
  | Changed<"field-type-changed", Field>
  | Changed<"field-cardinality-changed", Field>
  | Changed<"field-oneof-changed", Field>
  | Changed<"field-json-name-changed", Field>
  | Changed<"field-default-changed", Field>
  | Changed<"field-utf8-changed", Field>
  | Changed<"field-java-utf8-changed", Field>
  | Changed<"field-cpp-string-changed", Field>
  | Changed<"field-jstype-changed", Field>
  | RemovedValue
  | Added<"enum-value-added", EnumValue, Enum>
  | RenamedValue
  | Removed<"method-removed", Method, Service>
  | Added<"method-added", Method, Service>
  | Changed<"method-request-changed", Method>
  | Changed<"method-response-changed", Method>
  | Changed<"method-streaming-changed", Method>
  | Changed<"method-idempotency-changed", Method>
  | ChangedOption
  | Changed<"features-changed", Element>
  | Changed<"lifecycle-changed", Element>
  | Changed<"sunset-changed", Element>
  | Changed<"since-changed", Element>
  | Changed<"replacement-changed", Element>
  | Changed<"reason-changed", Element>;

export type ChangeKind = Change["kind"];

/** The changes of one kind, or of several. */
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { readonly kind: Kind }>;
