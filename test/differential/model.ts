/**
 * Proto sources as data that random edits can take apart. Types are referred to by identity, so that
 * renaming and moving what is referred to keeps the reference.
 */
export interface Case {
  files: FileModel[];
}

export interface FileModel {
  path: string;
  syntax: "proto2" | "proto3" | "2023";
  package: string;
  messages: MessageModel[];
  enums: EnumModel[];
  services: ServiceModel[];
  extensions: ExtensionModel[];
  /** Blank lines at the top, so that everything below moves. */
  padding: number;
}

export interface MessageModel {
  kind: "message";
  name: string;
  fields: FieldModel[];
  messages: MessageModel[];
  enums: EnumModel[];
  reservedRanges: [number, number][];
  reservedNames: string[];
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
  feature: "" | "DELIMITED" | "IMPLICIT" | "LEGACY_REQUIRED";
}

export interface EnumModel {
  kind: "enum";
  name: string;
  values: { name: string; number: number }[];
}

interface ServiceModel {
  name: string;
  methods: MethodModel[];
}

interface MethodModel {
  name: string;
  input: MessageModel;
  output: MessageModel;
  streams: boolean;
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
