import { Proto4Error } from "../../diagnostics/index.js";
import type { Store, StoreOptions } from "./store.js";

/**
 * Opens `lmdb:PATH` or `consul://HOST:PORT[/prefix]`; only the driver asked for is loaded.
 * @throws Proto4Error "usage" for another address, "store-unreachable", "store-denied", "store-invalid"
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  if (url.startsWith("lmdb:")) return openLmdb(url.slice("lmdb:".length), options);
  if (url.startsWith("consul://")) return openConsul(url, options);
  throw new Proto4Error(
    "usage",
    `"${url}" is not the address of a store: write lmdb:PATH or consul://HOST:PORT[/prefix]`,
  );
}

async function openLmdb(path: string, options: StoreOptions): Promise<Store> {
  if (path === "" || path.startsWith("//"))
    throw new Proto4Error(
      "usage",
      `"lmdb:${path}" names no file: write lmdb:PATH, as in lmdb:./registry.lmdb`,
    );
  const { LmdbStore } = await import("./lmdb.js");
  return LmdbStore.open(path, options);
}

async function openConsul(url: string, options: StoreOptions): Promise<Store> {
  const { ConsulStore } = await import("./consul.js");
  return ConsulStore.open(url, options);
}
