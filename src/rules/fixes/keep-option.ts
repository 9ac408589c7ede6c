import type { ChangeOf } from "../../diff/index.js";
import { type Element, fileOf } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { globalName } from "../name-source.js";
import { promiser } from "../promise.js";
import type { RuleContext } from "../rule.js";
import { importsFor } from "./imports.js";
import { keepOptions } from "./keep-field.js";
import { unfixable, type WayBack } from "./way-back.js";

/** The default as it was; that of an enum is declared where it was its first value, and that is another now. */
export function keepDefault({ before, after, from }: ChangeOf<"field-default-changed">): WayBack {
  if (promiser(after) !== after) return unfixable("the parts of a map have no defaults of their own");
  if (fileOf(after).syntax === "proto3")
    return unfixable("proto3 has no defaults: the first value of the enum is what it is");
  if (before.defaultValue !== undefined || before.type === "enum")
    return { fixes: [option(after, "default", from)] };
  return { fixes: [option(after, "default", undefined)] };
}

/** An option that has its default need not be written, and may not have been. */
export function keepFileOption({ after, option: name, from }: ChangeOf<"file-option-changed">): WayBack {
  const usual =
    name === "cc_enable_arenas" ? "true" : name === "optimize_for" ? "SPEED" : flags.has(name) ? "false" : "";
  return { fixes: [option(after, name, from === usual ? undefined : quoted(from))] };
}

const flags: ReadonlySet<string> = new Set([
  "cc_generic_services",
  "java_generic_services",
  "java_multiple_files",
  "py_generic_services",
]);

/** Names are strings in the source; switches and modes stand as they are. */
function quoted(value: string): string {
  return words.has(value) ? value : JSON.stringify(value);
}

const words: ReadonlySet<string> = new Set(["true", "false", "SPEED", "CODE_SIZE", "LITE_RUNTIME"]);

/** By the file's option before editions, by the field's since. */
export function keepJavaCheck(
  { before, after }: ChangeOf<"field-java-utf8-changed">,
  context: RuleContext,
): WayBack {
  const { javaUtf8Validation } = before.features;
  const file = fileOf(after);
  if (file.syntax === "editions" || javaUtf8Validation === after.features.javaUtf8Validation)
    return keepOptions(before, after, context, (name) => name.endsWith("utf8_validation"));
  const value = javaUtf8Validation === "VERIFY" ? "true" : undefined;
  return { fixes: [option(file, "java_string_check_utf8", value)] };
}

/** A custom option as it was; of a list no one statement is the whole. */
export function keepOption(
  { after, option: name, from }: ChangeOf<"option-changed">,
  context: RuleContext,
): WayBack {
  if (from.startsWith("[")) return unfixable("it is a list, which several statements set");
  const definition = context.after.declared.get(name);
  const imports =
    definition === undefined ? [] : importsFor(fileOf(after), definition.file.fullName, context.after);
  const value = from === "" ? undefined : from;
  return { fixes: [...imports, option(after, `(${globalName(after, name)})`, value)] };
}

/** The keyword stands in the statement's head; STRICT refuses it below the top level. */
export function keepVisibility({ after }: ChangeOf<"visibility-changed">): WayBack {
  if (after.file.defaultVisibility === "STRICT" && after.parent.kind !== "file")
    return unfixable(
      "its file lets no nested type be named, and to change that for all of them only its author may",
    );
  const text = `export ${after.kind} ${after.name}`;
  const { fullName: symbol, file } = after;
  return { fixes: [{ kind: "replace", path: file.fullName, symbol, part: "statement", text }] };
}

function option(element: Element, name: string, value: string | undefined): Fix {
  return { kind: "option", path: fileOf(element).fullName, symbol: element.fullName, name, value };
}
