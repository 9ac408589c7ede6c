import { type Element, fileOf, type Schema } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import type { Rule } from "../rule.js";

/**
 * A version that promises something begins without what the trial version already gave up: whoever tried that was told,
 * and nobody else ever had it. @see https://google.aip.dev/185
 */
export const lifecycleGraduation: Rule = {
  id: "LIFECYCLE_GRADUATION",
  purpose:
    "Checks that what was DEPRECATED in an alpha or beta version does not come along to the stable one.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  looksAfar: true,
  inspect: (element, _, { whole }) => {
    const { state, source } = element.lifecycle;
    if (element.kind === "file" || source !== "own" || state !== "DEPRECATED") return [];
    const trial = trialOf(element, whole);
    if (trial === undefined) return [];
    return [
      {
        message: `${describe(element)} is DEPRECATED, as ${trial.fullName} was before it: it should not have come along`,
        at: placeOf(element),
        suggestion: [`leave it out of ${fileOf(element).package}, as long as nobody uses it there`],
      },
    ];
  },
};

/** The same element in an alpha, beta or test version of a stable package, where it was DEPRECATED. */
function trialOf(element: Element, whole: Schema): Element | undefined {
  const { package: name } = fileOf(element);
  const [, base, version] = /^(.*\.)?(v\d+)$/.exec(name) ?? [];
  if (version === undefined) return undefined;
  const isTrial = new RegExp(`^${version}(p\\d+)?(alpha|beta|test)[^.]*$`);
  for (const file of whole.files.values()) {
    if (!file.package.startsWith(base ?? "") || !isTrial.test(file.package.slice((base ?? "").length)))
      continue;
    const found = whole.elements.get(file.package + element.fullName.slice(name.length));
    if (found?.kind === element.kind && found.lifecycle.state === "DEPRECATED") return found;
  }
  return undefined;
}
