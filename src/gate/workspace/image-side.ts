import { type Image, withImports } from "../../image/index.js";
import type { PolicyFile } from "../config/read-policy.js";
import { imageWorkspace } from "./image-workspace.js";
import type { Side } from "./pair-modules.js";

/**
 * A side of a comparison made of an image at hand, such as a registry's.
 * @param only paths, as imports spell them, that the image is limited to
 * @param policy what a proto4.yaml says that is kept elsewhere
 */
export function imageSide(
  name: string,
  image: Image,
  only?: ReadonlySet<string>,
  policy?: PolicyFile | undefined,
): Side {
  return {
    workspace: imageWorkspace(name, { policy: () => policy, waivers: () => undefined }),
    image: only === undefined ? image : limit(image, only),
  };
}

function limit(image: Image, only: ReadonlySet<string>): Image {
  const files = withImports(only, image);
  return { files: files.map((file) => (only.has(file.path) ? file : { ...file, isImport: true })) };
}
