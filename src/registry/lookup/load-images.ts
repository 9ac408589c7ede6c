import type { FileSlice, Image } from "../../image/index.js";
import { loadBlobs } from "../blobs.js";
import { openPacks } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";

/**
 * The images of versions, byte for byte as they were published. Packs and files that several have in common are read
 * once.
 * @throws Proto4Error "store-invalid"
 */
export async function loadImages(
  registry: Registry,
  versions: readonly Pick<VersionRecord, "packs">[],
): Promise<readonly Image[]> {
  const digests = [...new Set(versions.flatMap(({ packs }) => packs))];
  const blobs = await loadBlobs(registry, digests);
  const packs = new Map(digests.map((digest, place) => [digest, { digest, bytes: blobs[place]! }]));
  const shared = new Map<string, FileSlice>();
  const images: Image[] = [];
  for (const version of versions) {
    const open = await openPacks(version.packs.map((digest) => packs.get(digest)!));
    images.push(await open.image(shared));
  }
  return images;
}

/** The image of one version. */
export async function loadImage(registry: Registry, version: Pick<VersionRecord, "packs">): Promise<Image> {
  const [image] = await loadImages(registry, [version]);
  return image!;
}
