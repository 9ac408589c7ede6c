/** Tells this hook from others'. */
const mark = "# Written by proto4 hook install; proto4 hook uninstall takes it out.";

/** What a hook that was there before is called from now on. */
export const chainedName = "pre-commit.chained";

export function isOurs(script: string): boolean {
  return script.includes(mark);
}

/**
 * The hook: git starts it at the root of the work tree, with none of npm's folders on its PATH. A second work tree may
 * have nothing installed, and then the first one's counts.
 * @param folders of workspaces, from the root of the work tree
 */
export function hookScript(folders: readonly string[], against: string | undefined): string {
  const args = [...(against === undefined ? [] : ["--against", against]), ...folders].map(quoted).join(" ");
  const places = ["node_modules", ...folders.map((folder) => `${folder}/node_modules`)].map(quoted).join(" ");
  return `#!/bin/sh
${mark}
chained="$(dirname "$0")/${chainedName}"
if [ -x "$chained" ]; then
  "$chained" "$@" || exit $?
fi
for modules in ${places} "$(git rev-parse --git-common-dir)/../node_modules"; do
  if [ -x "$modules/.bin/proto4" ]; then
    exec "$modules/.bin/proto4" hook run${args === "" ? "" : ` ${args}`}
  fi
done
if command -v proto4 >/dev/null 2>&1; then
  exec proto4 hook run${args === "" ? "" : ` ${args}`}
fi
echo "proto4 is not installed here: npm install, or commit with --no-verify" >&2
exit 1
`;
}

function quoted(word: string): string {
  return /^[\w./@~^-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
