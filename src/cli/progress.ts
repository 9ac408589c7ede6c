/** A line on a terminal that says what takes so long; only the latest of several things at once. */
export interface Progress {
  /**
   * Begins something that may be over before anybody wonders.
   * @param doing such as "compiling"
   * @param what it is done to, asked when there is a line to show
   * @returns what ends it
   */
  begin(doing: string, what: () => string | Promise<string>): () => void;
}

export interface ProgressOptions {
  /** In milliseconds. */
  readonly now: () => number;
  readonly write: (text: string) => void;
  /** Width of the terminal. */
  readonly columns: number;
}

interface Doing {
  readonly label: string;
  readonly begin: number;
  what: string | undefined;
}

export function makeProgress({ now, write, columns }: ProgressOptions): Progress {
  const running = new Set<Doing>();
  let timer: NodeJS.Timeout | undefined;
  let isShown = false;

  function draw(): void {
    const latest = [...running].at(-1);
    if (latest?.what === undefined) return;
    const seconds = Math.floor((now() - latest.begin) / 1000);
    isShown = true;
    write(`\r${`${latest.label} ${latest.what} … ${seconds} s`.slice(0, columns - 1)}\x1b[K`);
  }

  function end(doing: Doing): void {
    running.delete(doing);
    if (running.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    if (isShown) write("\r\x1b[K");
    isShown = false;
  }

  return {
    begin(label, what) {
      const doing: Doing = { label, begin: now(), what: undefined };
      running.add(doing);
      setTimeout(async () => {
        if (!running.has(doing)) return;
        doing.what = await what();
        // It may have ended while it was asked.
        if (running.has(doing)) timer ??= setInterval(draw, REDRAW);
        draw();
      }, PATIENCE).unref();
      return () => end(doing);
    },
  };
}

/** Nobody wonders sooner. */
const PATIENCE = 1000;
const REDRAW = 250;
