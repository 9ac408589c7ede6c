import { Edition, type FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { Proto4Error } from "../diagnostics/index.js";

/**
 * The edition of a file, which for proto2 and proto3 stands for the syntax.
 * @throws Proto4Error "input-unreadable" when it is none whose features are known
 */
export function editionOf(proto: FileDescriptorProto): Edition {
  const edition = proto.syntax === "editions" ? proto.edition : editionOfSyntax[proto.syntax];
  if (edition !== undefined && knownEditions.has(edition)) return edition;
  const name = edition === undefined ? `syntax "${proto.syntax}"` : `edition ${Edition[edition] ?? edition}`;
  throw new Proto4Error(
    "input-unreadable",
    `${name} is none that this version of proto4 knows, which are proto2, proto3, 2023 and 2024`,
    { location: { path: proto.name } },
  );
}

/** Compilers write no syntax where the file declares none, and for proto2. */
const editionOfSyntax: Readonly<Partial<Record<string, Edition>>> = {
  "": Edition.EDITION_PROTO2,
  proto2: Edition.EDITION_PROTO2,
  proto3: Edition.EDITION_PROTO3,
};

const knownEditions: ReadonlySet<Edition> = new Set([
  Edition.EDITION_PROTO2,
  Edition.EDITION_PROTO3,
  Edition.EDITION_2023,
  Edition.EDITION_2024,
]);
