import { Proto4Error } from "../../../diagnostics/index.js";
import type { StoreOperation } from "../../store/store.js";

/** Something that is not as it should be. */
export interface Problem {
  /** The key, or the blob's digest. */
  readonly where: string;
  readonly message: string;
  /** Mends it without losing anything that anybody could want; `undefined` where a person must decide. */
  readonly repair?: readonly StoreOperation[] | undefined;
}

/** What a reader said; whatever else was thrown goes on. */
export function messageOf(error: unknown): string {
  if (error instanceof Proto4Error) return error.message;
  throw error;
}
