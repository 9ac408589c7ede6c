/**
 * Proto sources as data that random edits can take apart. Types are referred to by identity, so that
 * renaming and moving what is referred to keeps the reference.
 */
export interface Case {
  files: FileModel[];
}

/** Options and features by name, spelled as the source spells them. */
export type Settings = Record<string, string>;

export type Syntax = "none" | "proto2" | "proto3" | "2023" | "2024";

export interface FileModel {
  path: string;
  syntax: Syntax;
  package: string;
  options: Settings;
  /** Of editions only. */
  features: Settings;
  messages: MessageModel[];
  enums: EnumModel[];
  services: ServiceModel[];
  extensions: ExtensionModel[];
  /** Blank lines at the top, so that everything below moves. */
  padding: number;
}

export type RangeModel = [start: number, end: number | "max"];

export interface MessageModel {
  kind: "message";
  name: string;
  fields: FieldModel[];
  messages: MessageModel[];
  enums: EnumModel[];
  extensions: ExtensionModel[];
  reservedRanges: RangeModel[];
  reservedNames: string[];
  extensionRanges: RangeModel[];
  options: Settings;
  features: Settings;
}

export type TypeModel =
  | { scalar: string }
  | { refers: MessageModel | EnumModel }
  | { key: string; value: TypeModel }
  | { group: FieldModel[] };

export interface FieldModel {
  name: string;
  number: number;
  label: "" | "optional" | "required" | "repeated";
  type: TypeModel;
  oneof: string | undefined;
  jsonName: string | undefined;
  /** Picks one of the defaults that fit the type. */
  default: number | undefined;
  options: Settings;
  features: Settings;
}

export interface EnumModel {
  kind: "enum";
  name: string;
  values: { name: string; number: number }[];
  reservedRanges: RangeModel[];
  reservedNames: string[];
  features: Settings;
}

interface ServiceModel {
  name: string;
  methods: MethodModel[];
}

interface MethodModel {
  name: string;
  input: MessageModel;
  output: MessageModel;
  clientStreams: boolean;
  serverStreams: boolean;
  options: Settings;
}

interface ExtensionModel {
  target: MessageModel;
  field: FieldModel;
}

/** Every message of a file, and who holds it. */
export function messagesIn(
  holder: FileModel | MessageModel,
): { holder: FileModel | MessageModel; message: MessageModel }[] {
  return holder.messages.flatMap((message) => [{ holder, message }, ...messagesIn(message)]);
}

export function enumsIn(
  holder: FileModel | MessageModel,
): { holder: FileModel | MessageModel; declared: EnumModel }[] {
  return [
    ...holder.enums.map((declared) => ({ holder, declared })),
    ...holder.messages.flatMap((message) => enumsIn(message)),
  ];
}

export function isEditions({ syntax }: FileModel): boolean {
  return syntax === "2023" || syntax === "2024";
}
