/** Tells one waiter that something has happened since it last looked. */
export interface Signal {
  raise(): void;
  /** Resolves at once where it was raised already; it is lowered then. */
  wait(): Promise<void>;
  /** Whether it was raised; it is lowered then. */
  take(): boolean;
}

export function makeSignal(): Signal {
  let isRaised = false;
  let wake: (() => void) | undefined;
  const take = (): boolean => {
    const was = isRaised;
    isRaised = false;
    return was;
  };
  return {
    raise: () => {
      isRaised = true;
      wake?.();
    },
    wait: async () => {
      if (!isRaised)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      take();
    },
    take,
  };
}
