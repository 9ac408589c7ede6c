import { Proto4Error } from "../../diagnostics/index.js";
import { answerOf, isDenied } from "./consul-failed.js";

/**
 * Makes a write, and says of a refused one which keys it was refused for: a token may have rights to others.
 * @param keys as Consul knows them, in the order of the operations
 */
export async function namingDenied<T>(keys: readonly string[], write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const denied = error instanceof Proto4Error ? deniedOf(error.cause, keys) : [];
    if (denied.length === 0) throw error;
    const { code, message, cause } = error as Proto4Error;
    throw new Proto4Error(code, `${message}; it may not write ${denied.join(", ")}`, { cause });
  }
}

function deniedOf(cause: unknown, keys: readonly string[]): readonly string[] {
  const answer = answerOf(Object(cause));
  if (answer === undefined || !isDenied(answer)) return [];
  if (keys.length === 1) return keys;
  const { Errors: errors } = Object(answer.body) as { readonly Errors?: readonly OperationError[] };
  const denied = (Array.isArray(errors) ? errors : []).filter(({ What }) => /permission denied/i.test(What));
  return denied.flatMap(({ OpIndex }) => keys[OpIndex] ?? []);
}

/** @see https://developer.hashicorp.com/consul/api-docs/txn */
interface OperationError {
  readonly OpIndex: number;
  readonly What: string;
}
