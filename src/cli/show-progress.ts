import type { Compiling } from "../image/index.js";
import { makeProgress, type Progress } from "./progress.js";

/** For people who wait at a terminal; logs and pipes keep what came of it. */
function showsProgress(): boolean {
  const { CI = "", TERM } = process.env;
  return process.stderr.isTTY === true && TERM !== "dumb" && ["", "0", "false"].includes(CI);
}

/** Tells of something long on a terminal. @returns what ends it */
export function showProgress(doing: string, what: () => string | Promise<string>): () => void {
  if (!showsProgress()) return () => {};
  const { stderr } = process;
  progress ??= makeProgress({
    now: Date.now,
    write: (text) => stderr.write(text),
    columns: stderr.columns || 80,
  });
  return progress.begin(doing, what);
}

let progress: Progress | undefined;

/** What `BufOptions.onCompile` takes. */
export function showCompiling({ input, count }: Compiling): () => void {
  return showProgress("compiling", async () => filesOr(input, await count()));
}

function filesOr(input: string, count: number | undefined): string {
  if (count === undefined) return input;
  return count === 1 ? "1 file" : `${count.toLocaleString("en-US")} files`;
}
