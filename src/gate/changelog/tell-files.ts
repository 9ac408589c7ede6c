import type { ChangeKind } from "../../diff/index.js";
import { fileOf } from "../../schema/index.js";
import { name, phrase } from "./phrase.js";
import { changed, type Tellings, wasRemoved } from "./telling.js";

/** What happens to files and packages as a whole, and what leaves one of them for another. */
type FileKind = Extract<
  ChangeKind,
  `file-${string}` | `package-${string}` | `public-${string}` | `${string}-left-file` | "left-package"
>;

const moved = {
  step: "patch",
  tell: ({ before }: { readonly before: Parameters<typeof fileOf>[0] }) =>
    phrase`moved out of ${name(fileOf(before).fullName)}`,
} as const;

export const fileTellings: Tellings<FileKind> = {
  "package-removed": { step: "minor", tell: wasRemoved },
  "file-removed": { step: "minor", tell: wasRemoved },
  "left-package": {
    step: "minor",
    tell: ({ before }) => phrase`is no longer declared in package ${name(before.file.package)}`,
  },
  "public-import-removed": {
    step: "minor",
    tell: ({ from }) => phrase`no longer passes on ${name(from)} to who imports it`,
  },
  "file-package-changed": { step: "minor", tell: (change) => changed("package", change) },
  "file-syntax-changed": { step: "patch", tell: (change) => changed("syntax", change) },
  "file-option-changed": { step: "patch", tell: (change) => changed(`option ${change.option}`, change) },
  "message-left-file": moved,
  "enum-left-file": moved,
  "service-left-file": moved,
  "extension-left-file": moved,
};
