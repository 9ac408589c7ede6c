import { join } from "node:path";
import { Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { openRegistry, type Registry } from "../registry/index.js";
import { cacheFolder } from "./cache-folder.js";
import { loadStoreOptions } from "./load-store-options.js";

export interface StoreFlags {
  readonly store?: string;
}

/** A command that is told its store by `--store` or PROTO4_STORE. */
export function withStore(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option("--store <address>", "lmdb:PATH or consul://HOST:PORT[/prefix][?dc=NAME]").env(
        "PROTO4_STORE",
      ),
    );
}

/**
 * @param create whether a store that is not there yet is made
 * @param isKnown whether it was open before, and nothing but blobs is read
 */
export async function using(
  flags: StoreFlags,
  create: boolean,
  action: (registry: Registry) => Promise<void>,
  isKnown = false,
): Promise<void> {
  const registry = await openRegistry(addressOf(flags), {
    ...loadStoreOptions(),
    create,
    isKnown,
    cacheFolder: join(cacheFolder(process.env, process.platform), "registry"),
  });
  try {
    await action(registry);
  } finally {
    await registry.store.close();
  }
}

/** @throws Proto4Error "usage" where no store is named */
export function addressOf({ store }: StoreFlags): string {
  if (store !== undefined) return store;
  throw new Proto4Error(
    "usage",
    "no store is named: give --store lmdb:PATH or consul://HOST:PORT[/prefix][?dc=NAME], or set PROTO4_STORE",
  );
}
