import type { FileSlice, Image } from "../../image/index.js";
import { openPacks } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";
import { loadPacks } from "./load-chain.js";

/**
 * The images of versions, byte for byte as they were published. Packs and files that several have in common are read
 * once.
 * @throws Proto4Error "store-invalid"
 */
export async function loadImages(
  registry: Registry,
  versions: readonly Pick<VersionRecord, "packs">[],
): Promise<readonly Image[]> {
  const shared = new Map<string, FileSlice>();
  const images: Image[] = [];
  // One after the other: an open version takes more memory than its image.
  for (const packs of await loadPacks(registry, versions)) {
    const open = await openPacks(packs);
    images.push(await open.image(shared));
  }
  return images;
}

/** The image of one version. */
export async function loadImage(registry: Registry, version: Pick<VersionRecord, "packs">): Promise<Image> {
  const [image] = await loadImages(registry, [version]);
  return image!;
}
