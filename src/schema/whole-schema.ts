import type { Image } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import type { Schema } from "./schema.js";

/**
 * The schema of a whole image, of which there is one as long as the image is there: whoever publishes asks for it to
 * judge, to link and to take fingerprints.
 * @throws Proto4Error as `buildSchema` does
 */
export function wholeSchema(image: Image): Schema {
  const known = built.get(image) ?? buildSchema(image.files);
  built.set(image, known);
  return known;
}

const built = new WeakMap<Image, Schema>();
