/**
 * Takes away from two sides whatever a difference between two judges does not need, for as long as something
 * can be taken: entries of lists, on both sides at once where both have them, and keys of options.
 * @param before taken apart in place, as is `after`; what `refers` leads to is a part elsewhere, and source
 * info fits only whole
 * @param differs whether the difference is still there
 */
export async function shrink(before: object, after: object, differs: () => Promise<boolean>): Promise<void> {
  for (let progress = true; progress; ) {
    progress = false;
    for (const [one, other] of [
      [before, after],
      [after, before],
    ] as const)
      for (const place of placesIn(one)) {
        const partner = find(other, place.path);
        const tried = partner === undefined ? [[place]] : [[place, partner], [place]];
        for (const places of tried)
          if (isThere(place)) progress = (await takeAway(places, differs)) || progress;
      }
  }
}

/** An entry of a list, or a key of an object. */
interface Place {
  readonly holder: object;
  readonly entry: unknown;
  /** Names from the root to here; equal on both sides for what is the same there. */
  readonly path: string;
}

async function takeAway(places: readonly Place[], differs: () => Promise<boolean>): Promise<boolean> {
  const undo = places.filter(isThere).map(remove);
  if (await differs()) return true;
  for (const put of undo.toReversed()) put();
  return false;
}

function remove({ holder, entry, path }: Place): () => void {
  if (Array.isArray(holder)) {
    const at = holder.indexOf(entry);
    holder.splice(at, 1);
    return () => void holder.splice(at, 0, entry);
  }
  const key = path.slice(path.lastIndexOf("/") + 1);
  const settings = holder as Record<string, unknown>;
  delete settings[key];
  return () => {
    settings[key] = entry;
  };
}

function isThere({ holder, entry, path }: Place): boolean {
  if (Array.isArray(holder)) return holder.includes(entry);
  return path.slice(path.lastIndexOf("/") + 1) in holder;
}

/** Outer places first: what goes with them need not be tried. */
function placesIn(root: object, path = ""): readonly Place[] {
  return Object.entries(root).flatMap(([key, value]): readonly Place[] => {
    if (
      /^(refers|sourceCodeInfo|\$.*)$/.test(key) ||
      typeof value !== "object" ||
      value === null ||
      ArrayBuffer.isView(value)
    )
      return [];
    const inner = `${path}/${key}`;
    if (Array.isArray(value)) return value.flatMap((entry) => placesOf(value, entry, inner));
    if (key !== "options" && key !== "features") return placesIn(value, inner);
    return Object.entries(value).map(([name, entry]) => ({ holder: value, entry, path: `${inner}/${name}` }));
  });
}

function placesOf(holder: readonly unknown[], entry: unknown, path: string): readonly Place[] {
  const here = { holder, entry, path: `${path}/${labelOf(entry)}` };
  return typeof entry === "object" && entry !== null ? [here, ...placesIn(entry, here.path)] : [here];
}

function labelOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return `${entry}`;
  const { path, name, number, field } = entry as Record<string, unknown>;
  return `${path ?? name ?? number ?? (field as { name?: string } | undefined)?.name ?? entry}`;
}

function find(root: object, path: string): Place | undefined {
  return placesIn(root).find((place) => place.path === path);
}
