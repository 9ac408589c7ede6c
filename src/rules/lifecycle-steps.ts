import { type Element, fileOf, type Lifecycle } from "../schema/index.js";
import { lifecycleSource } from "./proto-source.js";
import type { Step } from "./steps.js";

/** What to do, and the statement that declares `state`, with the import that its options need where the file lacks it. */
export function lifecycleSteps(
  what: string,
  element: Element,
  state: Lifecycle,
  sunset?: string,
): readonly Step[] {
  const source = [what, lifecycleSource(element, state, sunset)] as const;
  return seesOptions(element) ? [source] : [source, ["import its options", `import "${optionsPath}";`]];
}

/** Who has used them sees them, if through another file; and the file that declares them needs no import. */
function seesOptions(element: Element): boolean {
  const { source, terms } = element.lifecycle;
  if (source === "own" || Object.keys(terms).length > 0) return true;
  const { dependencies, fullName } = fileOf(element);
  return [fullName, ...dependencies].includes(optionsPath);
}

const optionsPath = "proto4/options.proto";
