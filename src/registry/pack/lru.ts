/** Keeps what was loaded last; what fails is not kept. */
export function makeLru<T>(most: number, load: (key: number) => Promise<T>): (key: number) => Promise<T> {
  const kept = new Map<number, Promise<T>>();
  return (key) => {
    const value = kept.get(key) ?? start(key);
    // A map has its keys in the order in which they came.
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return value;
  };

  function start(key: number): Promise<T> {
    const value = load(key);
    value.catch(() => kept.delete(key));
    return value;
  }
}
