/** A line on a terminal that says how far a long job is. */
export interface Progress {
  update(bytes: number, messages: number): void;
  /** Makes room for a line that is to stay. */
  clear(): void;
}

export interface ProgressOptions {
  /** Tells how many bytes are to be read, once that is known. */
  readonly input: { readonly total: number | undefined };
  /** In milliseconds. */
  readonly now: () => number;
  readonly write: (text: string) => void;
  /** Width of the terminal. */
  readonly columns: number;
}

/** Draws at most ten times a second: a terminal is slower than the job. */
export function createProgress(options: ProgressOptions): Progress {
  const { now, write, columns } = options;
  const begin = now();
  let drawn = begin;
  let isShown = false;
  return {
    update(bytes, messages) {
      const time = now();
      if (time - drawn < 100) return;
      drawn = time;
      isShown = true;
      write(`\r${formatProgress(bytes, messages, time - begin, options).slice(0, columns - 1)}\x1b[K`);
    },
    clear() {
      if (isShown) write("\r\x1b[K");
      isShown = false;
    },
  };
}

/** `[========>       ]  52%  104.0 of 200.0 MB  1,204 messages  96.1 MB/s` */
function formatProgress(
  bytes: number,
  messages: number,
  elapsed: number,
  { input: { total } }: ProgressOptions,
): string {
  const rate = `${megabytes((bytes / elapsed) * 1000)} MB/s`;
  const count = `${messages.toLocaleString("en-US")} messages`;
  if (total === undefined) return `${megabytes(bytes)} MB  ${count}  ${rate}`;
  // A file may grow while it is read.
  const share = Math.min(1, bytes / Math.max(1, total));
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `${bar(share)} ${percent}  ${megabytes(bytes)} of ${megabytes(total)} MB  ${count}  ${rate}`;
}

function bar(share: number): string {
  const done = Math.floor(share * barWidth);
  return `[${`${"=".repeat(done)}${done < barWidth ? ">" : ""}`.padEnd(barWidth)}]`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

const barWidth = 16;
