import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";
import { loadChain } from "./load-chain.js";

/**
 * The texts of a version's sources, by their paths in its image; none where it was pushed as an image.
 * @throws Proto4Error "store-invalid" when a blob is missing or damaged
 */
export async function loadSources(
  registry: Registry,
  version: Pick<VersionRecord, "packs">,
): Promise<ReadonlyMap<string, string>> {
  const { open } = await loadChain(registry, version);
  const sources = await open.sources();
  return new Map([...sources].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
}
