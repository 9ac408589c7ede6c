/**
 * Whether a path leads into git's own folder: what is written there makes a repository, and git runs what its
 * configuration names. Spelled also as systems read it that do not tell case, or drop what stands at the end.
 */
export function isGitsOwn(path: string): boolean {
  return path.split("/").some((part) => /^(\.git[ .]*|git~1)$/i.test(part));
}
