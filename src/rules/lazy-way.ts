import type { Way } from "./finding.js";
import type { WayBack } from "./fixes/way-back.js";

/**
 * A way that is found at the first question: to print what comes back, thousands of times, takes as long as to judge it.
 * It goes along with copies of its finding, and is found once for all of them.
 */
export function lazyWay(find: () => WayBack | Way): Way {
  let known: WayBack | Way | undefined;
  const way = () => {
    known ??= find();
    return known;
  };
  return {
    get fixes() {
      return way().fixes ?? [];
    },
    get unfixable() {
      return way().unfixable;
    },
  };
}
