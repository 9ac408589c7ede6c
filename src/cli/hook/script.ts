/** Tells this hook from others'. */
const mark = "# Written by proto4 hook install; proto4 hook uninstall takes it out.";

/** What a hook that was there before is called from now on. */
export const chainedName = "pre-commit.chained";

export function isOurs(script: string): boolean {
  return script.includes(mark);
}

/** What a hook is to check. */
export interface Checked {
  /** Of workspaces, from the root of the work tree; the root itself is `.`. */
  readonly folders: readonly string[];
  readonly against?: string | undefined;
}

/** What a hook of ours checks; nothing where somebody has changed what tells it. */
export function checkedBy(script: string): Checked | undefined {
  const [, said] = /^# checks (\{.*\})$/m.exec(script) ?? [];
  try {
    return said === undefined ? undefined : (JSON.parse(said) as Checked);
  } catch {
    return undefined;
  }
}

/** The command, as it is asked from the root of the work tree. */
export function commandOf({ folders, against }: Checked): string {
  const named = folders.join() === "." ? [] : folders;
  const args = [...(against === undefined ? [] : ["--against", against]), ...named];
  return ["proto4 hook run", ...args.map(quoted)].join(" ");
}

/**
 * The hook: git starts it at the root of the work tree, with none of npm's folders on its PATH. A second work tree may
 * have nothing installed, and then the first one's counts.
 */
export function hookScript(checked: Checked): string {
  const [program, ...args] = commandOf(checked).split(" ");
  const rest = args.join(" ");
  const places = checked.folders.map((folder) => (folder === "." ? "" : `${folder}/`));
  const modules = [...new Set(["", ...places])].map((place) => quoted(`${place}node_modules`)).join(" ");
  return `#!/bin/sh
${mark}
# checks ${JSON.stringify(checked)}
chained="$(dirname "$0")/${chainedName}"
if [ -x "$chained" ]; then
  "$chained" "$@" || exit $?
fi
for modules in ${modules} "$(git rev-parse --git-common-dir)/../node_modules"; do
  if [ -x "$modules/.bin/${program}" ]; then
    exec "$modules/.bin/${program}" ${rest}
  fi
done
if command -v ${program} >/dev/null 2>&1; then
  exec ${program} ${rest}
fi
echo "proto4 is not installed here: npm install, or commit with --no-verify" >&2
exit 1
`;
}

function quoted(word: string): string {
  return /^[\w./@~^-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
