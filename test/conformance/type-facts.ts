import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { DescriptorProto, EnumDescriptorProto } from "@bufbuild/protobuf/wkt";

/** What has to be known of the types of files to change them, by full name. */
export interface TypeFacts {
  /** The package of each message, enum and map entry. */
  readonly packages: ReadonlyMap<string, string>;
  readonly messageSets: ReadonlySet<string>;
  /** Fields whose messages stand between a start and an end tag, by syntax or by feature; no extensions. */
  readonly groups: ReadonlySet<string>;
  /** The types of these fields. */
  readonly groupTypes: ReadonlySet<string>;
}

export function factsOf(files: readonly DescFile[]): TypeFacts {
  const messages = files.flatMap((file) => file.messages.flatMap(withNested));
  const groups = messages
    .flatMap(({ fields }) => fields)
    .filter((field) => field.fieldKind === "message" && field.delimitedEncoding);
  return {
    packages: new Map(
      files.flatMap(({ proto }) =>
        typesIn(proto.messageType, proto.enumType, proto.package).map((name) => [name, proto.package]),
      ),
    ),
    messageSets: new Set(messages.filter(isMessageSet).map(({ typeName }) => typeName)),
    groups: new Set(groups.map(({ parent, name }) => `${parent.typeName}.${name}`)),
    groupTypes: new Set(groups.map(({ message }) => message!.typeName)),
  };
}

/** Map entries included, which have no descriptor of their own in protobuf-es. */
function typesIn(
  messages: readonly DescriptorProto[],
  enums: readonly EnumDescriptorProto[],
  scope: string,
): readonly string[] {
  return [
    ...enums.map(({ name }) => `${scope}.${name}`),
    ...messages.flatMap(({ name, nestedType, enumType }) => [
      `${scope}.${name}`,
      ...typesIn(nestedType, enumType, `${scope}.${name}`),
    ]),
  ];
}

function withNested(message: DescMessage): readonly DescMessage[] {
  return [message, ...message.nestedMessages.flatMap(withNested)];
}

function isMessageSet({ proto }: DescMessage): boolean {
  return proto.options?.messageSetWireFormat ?? false;
}
