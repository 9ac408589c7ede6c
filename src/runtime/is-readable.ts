import { WireError } from "../wire/index.js";

/** Whether reading succeeds; what is not wire format is an answer here, not an error. */
export function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}
