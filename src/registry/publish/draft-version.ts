import { checkLinked } from "../../schema/index.js";
import type { Blob } from "../blobs.js";
import { placeGone } from "../gone.js";
import type { DraftList } from "../pack/index.js";
import { packNext } from "../pack-next.js";
import type { Registry } from "../registry.js";
import type { Version } from "../store/read-subject.js";
import { changedPaths } from "./changed-paths.js";
import { checkSources } from "./check-sources.js";
import { contractChanges } from "./contract-changes.js";
import { type Dependencies, findDependencies } from "./find-dependencies.js";
import { findGone } from "./find-gone.js";
import type { Last } from "./last-version.js";
import type { RecentVersion } from "./recent-versions.js";
import type { PublishRequest } from "./request.js";
import type { PublishState } from "./state.js";
import { takeContracts } from "./take-contracts.js";

/** A version that is not there yet, and the blobs that it needs besides those of the version before. */
export interface Draft {
  readonly version: Version;
  readonly blobs: readonly Blob[];
  /** What it rests on of other subjects. */
  readonly held: Pick<Dependencies, "guards" | "revision">;
  /** What the next publish finds at hand, once this one is done. */
  readonly recent: RecentVersion;
}

/**
 * @param packages those that the subject holds now
 * @throws Proto4Error "image-corrupt" for what does not link, "usage" for a source that is another file's
 */
export async function draftVersion(
  registry: Registry,
  request: PublishRequest,
  state: PublishState,
  packages: readonly string[],
  list: DraftList,
  last: Last | undefined,
): Promise<Draft> {
  const { image, by, at, id } = request;
  checkLinked(image, last?.image);
  const contracts = await takeContracts(registry.cache, image, packages, last);
  const changed = changedPaths(list, last?.chain.open);
  checkSources(list, changed);
  const packs = await packNext(list, last?.chain);
  const gone = placeGone(last === undefined ? [] : findGone(last.image, image));
  const { dependencies, ...held } = await findDependencies(registry, image, state.packages, {
    before: last?.version.dependencies ?? [],
    changed,
  });
  const version: Version = {
    seq: (state.subject?.head.seq ?? 0) + 1,
    publish: id,
    packs: packs.map(({ digest }) => digest),
    files: image.files.length,
    changedFiles: changed.size,
    ...contractChanges(contracts, state.subject?.versions.at(-1)?.contracts ?? []),
    ...gone.record,
    dependencies,
    contracts,
    by,
    at,
  };
  return { version, blobs: [packs.at(-1)!, ...gone.blobs], held, recent: { packs, image } };
}
