import type { CodeGeneratorResponse_File } from "@bufbuild/protobuf/wkt";
import { elementsOf, type Schema } from "../schema/index.js";
import { tagOf } from "./tell-lifecycle.js";

/**
 * Generators print a bare `@deprecated` below every comment of a deprecated element. Where `tellLifecycles` put
 * one with a reason into the comment, the bare one goes.
 */
export function oneTag(
  stubs: readonly CodeGeneratorResponse_File[],
  schema: Schema,
): CodeGeneratorResponse_File[] {
  const elements = [...schema.files.values()].flatMap((file) => [...elementsOf(file)]);
  const told = new Set(
    elements.flatMap((element) => tagOf(element) ?? []).filter((tag) => tag.includes(" ")),
  );
  const isTold = (line: string) => told.has(line.replace(/^[ \t]*\* /, ""));
  return stubs.map((stub) => ({
    ...stub,
    content: stub.content.replace(docComment, (comment) =>
      comment.split("\n").some(isTold) ? comment.replace(bareTag, "") : comment,
    ),
  }));
}

const docComment = /\/\*\*\n[\s\S]*?\*\//g;

/** With the empty line above it, where ts-proto prints one. */
const bareTag = /(?:^[ \t]*\*[ \t]*\n)?^[ \t]*\* @deprecated[ \t]*\n/m;
