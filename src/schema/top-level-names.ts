import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice } from "../image/index.js";
import { decodeValues } from "./decode-enum.js";
import { decodeFile } from "./decode-file.js";
import { decoding } from "./decoding.js";
import { join } from "./element-base.js";

/**
 * The full names of what a file declares outside of any message, the values of enums included, which are their
 * siblings. What lies inside a message has its name from there.
 * @throws Proto4Error "image-corrupt"
 */
export function topLevelNames({ path, bytes }: FileSlice): readonly string[] {
  return decoding(path, () => {
    const file = decodeFile(bytes, false);
    const values = file.enumType.flatMap(({ members }) => decodeValues(members, false));
    const all = [file.messageType, file.enumType, file.service, file.extension, values].flat();
    return all.map(({ name }) => {
      if (name === "" || name.includes(".")) throw noName(name, path);
      return join(file.package, name);
    });
  });
}

function noName(name: string, path: string): Proto4Error {
  return new Proto4Error("image-corrupt", `"${name}" is no name of an element; build the image again`, {
    location: { path },
  });
}
