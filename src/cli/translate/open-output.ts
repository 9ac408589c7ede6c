import { randomUUID } from "node:crypto";
import { rmSync, type Stats } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { onInterrupt } from "./on-interrupt.js";

/** Where messages go. Each write is over before the next one: what is slow holds up the reading. */
export interface Output {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything is written: the file takes its name. */
  commit(): Promise<void>;
  /** Something went wrong: a file that was there before is as it was. */
  abandon(): Promise<void>;
}

/**
 * A file, or standard output. A file is written beside its place and moved there at the end, so that nobody
 * sees half of it and a failure leaves what was there; it may be the very file that is read.
 * @throws Proto4Error "output-unwritable"
 */
export async function openOutput(path: string | undefined): Promise<Output> {
  if (path === undefined) return standardOutput();
  return writing(path, async () => {
    const found = await stat(path).catch(() => undefined);
    return found === undefined || found.isFile() ? beside(path, found) : direct(path, await open(path, "w"));
  });
}

function standardOutput(): Output {
  const { stdout } = process;
  // Every write tells its own error; without a listener the same error would end the process.
  stdout.on("error", () => {});
  return {
    write: (bytes) =>
      writing("standard output", () => {
        return new Promise<void>((resolve, reject) => {
          stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
        });
      }),
    commit: async () => {},
    abandon: async () => {},
  };
}

/** A pipe or a device, which keeps its place. */
function direct(path: string, file: FileHandle): Output {
  return {
    write: (bytes) => writing(path, () => file.writeFile(bytes)),
    commit: () => writing(path, () => file.close()),
    abandon: () => file.close().catch(() => {}),
  };
}

async function beside(path: string, before: Stats | undefined): Promise<Output> {
  // What a link leads to is replaced, not the link.
  const target = before === undefined ? path : await realpath(path);
  const partial = join(dirname(target), `.proto4-${randomUUID()}.partial`);
  const forget = onInterrupt(() => rmSync(partial, { force: true }));
  const file = await open(partial, "wx").catch((error: unknown) => {
    forget();
    throw error;
  });
  return {
    write: (bytes) => writing(path, () => file.writeFile(bytes)),
    commit: () =>
      writing(path, async () => {
        if (before !== undefined) await file.chmod(before.mode);
        await file.sync();
        await file.close();
        await rename(partial, target);
        forget();
      }),
    async abandon() {
      await file.close().catch(() => {});
      await rm(partial, { force: true });
      forget();
    },
  };
}

async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isClosedPipe(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("output-unwritable", `this cannot be written: ${why}`, {
      location: { path },
      cause,
    });
  }
}

/** Whether whoever read the output has gone: `proto4 translate … | head` is no mistake of anybody's. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
