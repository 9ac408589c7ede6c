import { Proto4Error } from "../../diagnostics/index.js";
import { shownAddress } from "./shown-address.js";
import type { Store, StoreOptions } from "./store.js";

/**
 * Opens `lmdb:PATH`, `consul://HOST:PORT[/prefix]` or `memory:NAME`; only the driver asked for is loaded.
 * @throws Proto4Error "usage" for another address, "store-unreachable", "store-denied", "store-invalid"
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  if (url.startsWith("lmdb:")) return openLmdb(url.slice("lmdb:".length), options);
  if (url.startsWith("memory:")) return openMemory(url.slice("memory:".length), options);
  if (url.startsWith("consul://")) return openConsul(url, options);
  throw new Proto4Error(
    "usage",
    `"${shownAddress(url)}" is not the address of a store: write lmdb:PATH or consul://HOST:PORT[/prefix]`,
  );
}

async function openLmdb(path: string, options: StoreOptions): Promise<Store> {
  if (path === "" || path.startsWith("//"))
    throw new Proto4Error(
      "usage",
      `"lmdb:${path}" names no file: write lmdb:PATH, as in lmdb:./registry.lmdb`,
    );
  const driver = await import("./lmdb.js");
  return driver.openLmdb(path, options);
}

async function openMemory(name: string, options: StoreOptions): Promise<Store> {
  if (name === "") throw new Proto4Error("usage", '"memory:" names no store: write memory:NAME');
  const driver = await import("./memory.js");
  return driver.openMemory(name, options);
}

async function openConsul(url: string, options: StoreOptions): Promise<Store> {
  const { ConsulStore } = await import("./consul.js");
  return ConsulStore.open(url, options);
}
