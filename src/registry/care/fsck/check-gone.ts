import { join } from "../../blobs.js";
import { readGone } from "../../gone.js";
import { blobKey } from "../../store/layout.js";
import type { Subject } from "../../store/read-subject.js";
import type { Store } from "../../store/store.js";
import { messageOf, type Problem } from "./problem.js";

/** Whether the blobs with names that left are there, and hold such. */
export async function checkGone(store: Store, subjects: readonly Subject[]): Promise<readonly Problem[]> {
  const needed = new Map<string, string>();
  for (const { name, versions } of subjects)
    for (const { seq, goneIn } of versions) if (goneIn !== undefined) needed.set(goneIn, `${name}@${seq}`);
  const problems: Problem[] = [];
  for (const [digest, version] of needed) {
    const message = wrongIn(digest, join(digest, await store.list(blobKey(digest))));
    if (message !== undefined) problems.push({ where: digest, message: `${message}; needed by ${version}` });
  }
  return problems;
}

function wrongIn(digest: string, bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined)
    return 'the blob with names that left is missing or damaged: "proto4 registry import" brings it back from an export';
  try {
    readGone(bytes, digest);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
