import type { DescMessage } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { importSchema, importShape } from "./stub-names.js";
import { nameFirst } from "./tidy-imports.js";

/** One way of a message, for the stubs of protobuf-es. */
export interface Twin {
  readonly way: "up" | "down";
  /** The name that protobuf-es gives the message's type. */
  readonly shape: string;
  readonly stubs: { readonly v3: DescMessage; readonly v4: DescMessage };
  /** Whether nothing can be lost. */
  readonly identical: boolean;
  /** Whether a message of the file has this name. */
  readonly isTaken: (shape: string) => boolean;
}

/** The twin of `upUser` and `downUser` that takes and gives messages instead of bytes. */
export function printTwin(f: GeneratedFile, { way, shape, stubs, identical, isTaken }: Twin): void {
  const { v3, v4 } = stubs;
  const [from, to] = way === "up" ? [v3, v4] : [v4, v3];
  const bytes = `${way}${shape}`;
  const given = f.import("TranslateOptions", "proto4/runtime", true);
  const encode = [f.import("toBinary", "@bufbuild/protobuf"), "(", importSchema(f, from), ", message)"];
  const decode = [f.import("fromBinary", "@bufbuild/protobuf"), "(", importSchema(f, to), ", "];
  const translated = [f.import("Translated", "proto4/runtime", true), "<", importShape(f, to), ">"];
  nameFirst(f, [importShape(f, v4), importSchema(f, v4)]);
  f.print(f.jsDoc(`{@link ${bytes}} on messages of protobuf-es, unknown fields included.`));
  f.print(
    ...[f.export("function", twinName(way, shape, isTaken)), "(message: ", importShape(f, from)],
    ...[", options?: ", given, "): ", identical ? importShape(f, to) : translated, " {"],
  );
  if (identical) f.print("  return ", decode, `${bytes}(`, encode, ", options));");
  else {
    f.print(`  const { value, lost } = ${bytes}(`, encode, ", options);");
    f.print("  return { value: ", decode, "value), lost };");
  }
  f.print("}");
  f.print();
}

/** `upUserMessage`, unless that is what carries the bytes of `UserMessage`. */
function twinName(way: "up" | "down", shape: string, isTaken: (shape: string) => boolean): string {
  return `${way}${shape}Message${isTaken(`${shape}Message`) ? "$" : ""}`;
}
