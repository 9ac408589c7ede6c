/** The place of an element below a file, by numbers of fields and their indexes as `SourceCodeInfo` has them. */
export interface Place {
  readonly path: readonly number[];
  child(field: number, index: number): Place;
}

/** Files have much the same places: an array each would cost more memory than all their names. */
export function makePlace(path: readonly number[]): Place {
  const children: Place[][] = [];
  return {
    path,
    child(field, index) {
      children[field] ??= [];
      const row = children[field];
      row[index] ??= makePlace([...path, field, index]);
      return row[index];
    },
  };
}
