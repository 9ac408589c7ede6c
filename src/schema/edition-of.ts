import { Proto4Error } from "../diagnostics/index.js";
import type { FileDescriptor } from "./descriptor.js";

/** Numbers of `google.protobuf.Edition`. */
export const EDITION_PROTO2 = 998;
export const EDITION_PROTO3 = 999;
export const EDITION_2023 = 1000;
export const EDITION_2024 = 1001;

/**
 * The edition of a file, which for proto2 and proto3 stands for the syntax.
 * @throws Proto4Error "input-unreadable" when it is none whose features are known
 */
export function editionOf(proto: Pick<FileDescriptor, "name" | "syntax" | "edition">): number {
  const edition = proto.syntax === "editions" ? proto.edition : editionOfSyntax[proto.syntax];
  if (edition !== undefined && knownEditions.has(edition)) return edition;
  const name = edition === undefined ? `syntax "${proto.syntax}"` : `edition ${edition}`;
  throw new Proto4Error(
    "input-unreadable",
    `${name} is none that this version of proto4 knows, which are proto2, proto3, 2023 and 2024`,
    { location: { path: proto.name } },
  );
}

/** Compilers write no syntax where the file declares none, and for proto2. */
const editionOfSyntax: Readonly<Partial<Record<string, number>>> = {
  "": EDITION_PROTO2,
  proto2: EDITION_PROTO2,
  proto3: EDITION_PROTO3,
};

const knownEditions: ReadonlySet<number> = new Set([
  EDITION_PROTO2,
  EDITION_PROTO3,
  EDITION_2023,
  EDITION_2024,
]);
