/**
 * Generators print a bare `@deprecated` below every comment of a deprecated element. Where one of `tags` says
 * it already, and with its reason, the bare one goes.
 */
export function oneTag(content: string, tags: ReadonlySet<string>): string {
  return content.replace(docComment, (comment) => {
    const told = comment.split("\n").some((line) => tags.has(line.replace(/^[ \t]*\* /, "")));
    return told ? comment.replace(bareTag, "") : comment;
  });
}

const docComment = /\/\*\*\n[\s\S]*?\*\//g;

/** With the empty line above it, where ts-proto prints one. */
const bareTag = /(?:^[ \t]*\*[ \t]*\n)?^[ \t]*\* @deprecated[ \t]*\n/m;
