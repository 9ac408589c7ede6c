import { Proto4Error } from "../diagnostics/index.js";
import type { WaiversFile, Workspace } from "../gate/index.js";

/**
 * The file of a workspace's waivers, which may yet have to be made.
 * @throws Proto4Error "usage" where nothing can be written to
 */
export function writableWaivers(workspace: Workspace): WaiversFile {
  const file = workspace.waivers();
  if (file === undefined)
    throw usage(
      "nobody can tell where waivers of this input are to be: write waivers: and a path into a proto4.yaml, and name " +
        "that by --policy",
    );
  if (!file.isOnDisk)
    throw usage(
      `${file.path} lies in a commit or an archive, as the input does: edit it where you work on it`,
    );
  return file;
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
