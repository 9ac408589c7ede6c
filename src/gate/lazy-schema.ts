import type { Image } from "../image/index.js";
import { type Schema, wholeSchema } from "../schema/index.js";

/**
 * The schema of a whole image, built at the first question: most checks ask none. Comparisons with several baselines
 * have the elder ones in common, so one image has one schema.
 */
export function lazySchema(image: Image): Schema {
  const get = () => wholeSchema(image);
  return {
    get files() {
      return get().files;
    },
    get declared() {
      return get().declared;
    },
    get elements() {
      return get().elements;
    },
    get annotated() {
      return get().annotated;
    },
  };
}
