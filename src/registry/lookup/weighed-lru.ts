/** Keeps what was asked for last, as much as weighs no more than a limit together. */
export class WeighedLru<T> {
  private readonly kept = new Map<string, { readonly value: T; readonly weight: number }>();
  private weight = 0;

  constructor(private readonly most: number) {}

  get(key: string): T | undefined {
    const found = this.kept.get(key);
    if (found === undefined) return undefined;
    // A map has its keys in the order in which they came.
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  /** What weighs more than all that may be kept is not kept. */
  set(key: string, value: T, weight: number): void {
    this.delete(key);
    if (weight > this.most) return;
    this.kept.set(key, { value, weight });
    this.weight += weight;
    for (const eldest of this.kept.keys()) {
      if (this.weight <= this.most) return;
      this.delete(eldest);
    }
  }

  delete(key: string): void {
    this.weight -= this.kept.get(key)?.weight ?? 0;
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.weight = 0;
  }
}
