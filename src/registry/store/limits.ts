import { Proto4Error } from "../../diagnostics/index.js";
import type { StoreOperation } from "./store.js";

/** Consul's limits hold for every store, so that what one takes the others take too. */
const maxValueBytes = 524_288;
export const maxOperations = 64;
export const maxTransactionBytes = 524_288;
const maxKeyLength = 512;

/** @throws Proto4Error "store-invalid" for a key that a store would refuse or spell otherwise */
export function checkKey(key: string): void {
  // Consul redirects a//b, takes a%2Fb for a/b, and an HTTP client folds a/../b before it is sent.
  const whole = key.split("/").every((part) => /^[\w.@~-]+$/.test(part) && part !== "." && part !== "..");
  if (!whole || key.length > maxKeyLength)
    throw invalid(`the key "${key.slice(0, 80)}" is not made of plain names between single slashes`);
}

/** A prefix is the beginning of a key, cut anywhere. */
export function checkPrefix(prefix: string): void {
  checkKey(prefix.endsWith("/") ? prefix.slice(0, -1) : prefix);
}

/** @throws Proto4Error "store-invalid" for too many, or none */
export function checkPrefixes(prefixes: readonly string[]): void {
  if (prefixes.length === 0 || prefixes.length > maxOperations)
    throw invalid(`1 to ${maxOperations} prefixes are listed at once, not ${prefixes.length}`);
  prefixes.forEach(checkPrefix);
}

/** @throws Proto4Error "store-invalid" before anything is sent */
export function checkOperations(operations: readonly StoreOperation[]): void {
  if (operations.length === 0 || operations.length > maxOperations)
    throw invalid(`a transaction takes 1 to ${maxOperations} operations, not ${operations.length}`);
  const keys = new Set(operations.map(({ key }) => key));
  if (keys.size < operations.length) throw invalid("a transaction names a key twice");
  for (const operation of operations) checkOperation(operation);
  const size = operations.reduce((sum, operation) => sum + sizeInTransaction(operation), 0);
  if (operations.length > 1 && size > maxTransactionBytes)
    throw invalid(
      `a transaction takes ${maxTransactionBytes} bytes, not ${size}; write large values one by one`,
    );
}

/** What an operation takes of a transaction of several: JSON with the value in base64. */
export function sizeInTransaction(operation: StoreOperation): number {
  const value = "value" in operation ? operation.value.length : 0;
  return Math.ceil(value / 3) * 4 + operation.key.length + envelope;
}

/** @throws Proto4Error "store-invalid" */
export function checkLeaseSeconds(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 10 || seconds > 86_400)
    throw invalid(`a lease lasts 10 to 86400 whole seconds, not ${seconds}`);
}

function checkOperation(operation: StoreOperation): void {
  checkKey(operation.key);
  const lowest = operation.verb === "compare-and-set" ? 0 : 1;
  if ("index" in operation && !(Number.isSafeInteger(operation.index) && operation.index >= lowest))
    throw invalid(`${operation.index} is no index of ${operation.key} to ${operation.verb}`);
  if ("value" in operation && operation.value.length > maxValueBytes)
    throw invalid(
      `the value of ${operation.key} has ${operation.value.length} bytes, a store takes ${maxValueBytes}`,
    );
}

function invalid(what: string): Proto4Error {
  return new Proto4Error("store-invalid", what);
}

/** The JSON around key and value, the store's own prefix included; generously. */
const envelope = 384;
