import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import type { DescriptorProto, EnumDescriptorProto } from "@bufbuild/protobuf/wkt";

/** What has to be known of the types of files to change them, by full name. */
export interface TypeFacts {
  /** The package of each message, enum and map entry. */
  readonly packages: ReadonlyMap<string, string>;
  readonly messageSets: ReadonlySet<string>;
}

export function factsOf(files: readonly DescFile[]): TypeFacts {
  const messages = files.flatMap((file) => file.messages.flatMap(withNested));
  return {
    packages: new Map(
      files.flatMap(({ proto }) =>
        typesIn(proto.messageType, proto.enumType, proto.package).map((name) => [name, proto.package]),
      ),
    ),
    messageSets: new Set(messages.filter(isMessageSet).map(({ typeName }) => typeName)),
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
