import type { ChangeOf } from "../diff/index.js";
import type { FileOption } from "../schema/index.js";
import { placeOf } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

/** What each option decides about the generated code. */
const decides: Readonly<Record<FileOption, string>> = {
  cc_enable_arenas: "whether messages can live on arenas in C++",
  cc_generic_services: "whether C++ gets the generic service classes",
  csharp_namespace: "the namespace of C# classes",
  go_package: "the import path and package of Go code",
  java_generic_services: "whether Java gets the generic service classes",
  java_multiple_files: "whether Java classes stand in files of their own",
  java_outer_classname: "the class around a file's Java classes",
  java_package: "the package of Java classes",
  objc_class_prefix: "the prefix of Objective-C classes",
  optimize_for: "how much of the C++ and Java runtime the code leans on",
  php_class_prefix: "the prefix of PHP classes",
  php_metadata_namespace: "the namespace of PHP metadata classes",
  php_namespace: "the namespace of PHP classes",
  py_generic_services: "whether Python gets the generic service classes",
  ruby_package: "the module of Ruby classes",
  swift_prefix: "the prefix of Swift types",
};

/** One rule an option: `FILE_SAME_GO_PACKAGE`, and so on. */
export const fileSameOption: readonly Rule[] = (Object.keys(decides) as FileOption[]).map((option) => ({
  id: `FILE_SAME_${option.toUpperCase()}`,
  purpose: `Checks that files keep their ${option}: ${decides[option]}.`,
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  breaks: ["source"],
  judge: {
    "file-option-changed": (change) => (change.option === option ? [changed(change)] : []),
  },
}));

function changed({ before, after, option, from, to }: ChangeOf<"file-option-changed">) {
  return {
    message: `file ${after.fullName} changed its ${option} from ${quoted(from)} to ${quoted(to)}`,
    at: placeOf(after, option),
    was: placeOf(before, option),
    suggestion: steps([
      "keep it",
      from === "" ? `no option ${option}` : `option ${option} = ${quoted(from)};`,
    ]),
  };
}

/** Names are strings in the source; switches and modes stand as they are. */
function quoted(value: string): string {
  return words.has(value) ? value : JSON.stringify(value);
}

const words: ReadonlySet<string> = new Set(["true", "false", "SPEED", "CODE_SIZE", "LITE_RUNTIME"]);
