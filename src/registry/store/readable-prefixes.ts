/**
 * The prefixes that could be read of late, each by itself: a rule of Consul's may forbid a longer one.
 * Where a prefix stands here, an empty list of it is empty.
 */
export class ReadablePrefixes {
  private readonly since = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  has(prefix: string): boolean {
    const age = this.now() - (this.since.get(prefix) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < rememberedMilliseconds;
  }

  add(prefix: string): void {
    if (this.since.size >= maxRemembered) this.since.clear();
    this.since.set(prefix, this.now());
  }
}

/** Rights may be withdrawn; Consul's own agents remember them for 30 s by default. */
const rememberedMilliseconds = 30_000;
const maxRemembered = 10_000;
