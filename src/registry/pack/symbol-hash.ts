/**
 * FNV-1a over the first `end` characters of a name, mixed: by itself it leaves its low bits alike where names end
 * alike. It is part of the format.
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function hashName(name: string, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const once = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (once ^ (once >>> 15)) >>> 0;
}
