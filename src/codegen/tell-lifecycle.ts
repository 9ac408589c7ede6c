import { clearField, create } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  type SourceCodeInfo,
  type SourceCodeInfo_Location,
  SourceCodeInfo_LocationSchema,
  SourceCodeInfoSchema,
} from "@bufbuild/protobuf/wkt";
import type { Element } from "../schema/index.js";
import type { Annotated } from "./annotated.js";

/** Puts a doc tag into the comment of each annotated element, which generators copy to what they make of it. */
export function tellLifecycles(proto: FileDescriptorProto, elements: readonly Annotated[]): void {
  const info = proto.sourceCodeInfo ?? create(SourceCodeInfoSchema);
  const locations = new Map(info.location.map((location) => [location.path.join(), location]));
  for (const [, element] of elements) {
    const tag = element.kind === "file" ? undefined : tagOf(element);
    // Generators print a bare tag by themselves where the element also says `deprecated = true`.
    if (tag === undefined || (tag === "@deprecated" && element.deprecated)) continue;
    const location = locations.get(element.path.join()) ?? addLocation(info, element.path);
    location.leadingComments = withTag(location, tag);
    clearField(location, SourceCodeInfo_LocationSchema.field.trailingComments);
    proto.sourceCodeInfo = info;
  }
}

/**
 * `@deprecated` or `@experimental` with what the terms say; `undefined` where the element's state does not come
 * from an annotation of its own or of its file.
 */
export function tagOf({ lifecycle, ...element }: Exclude<Element, { kind: "file" }>): string | undefined {
  const told =
    lifecycle.source === "own" || (lifecycle.source === "inherited" && element.parent.kind === "file");
  if (!told || (lifecycle.state !== "DEPRECATED" && lifecycle.state !== "EXPERIMENTAL")) return undefined;
  const { replacedBy, reason, sunset } = lifecycle.terms;
  const words = [
    replacedBy !== undefined && !reason?.includes(replacedBy) && `use ${replacedBy}`,
    reason?.replaceAll("*/", "* /").replace(/\s+/g, " ").trim(),
    sunset && `promised until ${sunset}`,
  ].filter(Boolean);
  return [`@${lifecycle.state.toLowerCase()}`, words.join("; ")].filter(Boolean).join(" ");
}

/** Where the terms say more, they take the place of a tag that the author wrote by hand. */
function withTag({ leadingComments, trailingComments }: SourceCodeInfo_Location, tag: string): string {
  const [name = tag] = tag.split(" ");
  const comment = [leadingComments, trailingComments].filter((text) => text.trim() !== "").join("\n");
  const byHand = new RegExp(`^[ \\t]*${name}\\b[^\\n]*(\\n(?![ \\t]*(@|\\n|$))[^\\n]*)*\\n?`, "m");
  if (tag === name && byHand.test(comment)) return comment;
  const rest = comment
    .replace(byHand, "")
    .replace(/^([ \t]*\n)+/, "")
    .trimEnd();
  return rest === "" ? ` ${tag}\n` : `${rest}\n\n ${tag}\n`;
}

function addLocation(info: SourceCodeInfo, path: readonly number[]): SourceCodeInfo_Location {
  const location = create(SourceCodeInfo_LocationSchema, { path: [...path], span: [0, 0, 0] });
  info.location.push(location);
  return location;
}
