import type { Image } from "../image/index.js";
import {
  allRules,
  defaultPolicy,
  type Finding,
  type Inspection,
  type Policy,
  type Rule,
} from "../rules/index.js";
import { type Element, elementsOf, type Schema, wholeSchema } from "../schema/index.js";
import { standingId } from "./finding-id.js";
import { decideSeverity } from "./severity.js";
import { sortFindings } from "./sort-findings.js";

/**
 * Judges how the files of an image stand, without a version to compare with; imports are not judged.
 * @returns findings in the order of file, line, column, rule id
 * @throws Proto4Error "image-corrupt" when a file does not decode or a name leads nowhere
 */
export function inspect(image: Image, policy: Policy = defaultPolicy): readonly Finding[] {
  const schema = wholeSchema(image);
  return sortFindings(inspectSchema(schema, allRules, { policy, whole: schema }));
}

/** @param compared paths of the files of which all is asked; of others, only what looks afar. All, if not given */
export function inspectSchema(
  schema: Schema,
  rules: readonly Rule[],
  inspection: Inspection,
  compared?: ReadonlySet<string>,
): readonly Finding[] {
  const inspecting = rules.filter((rule) => rule.inspect !== undefined);
  // They judge declared lifecycles, and guesses alone offend nobody who does not ask for more.
  if (inspecting.length === 0 || (!schema.annotated && inspection.policy.unannotated === "infer")) return [];
  const afar = inspecting.filter((rule) => rule.looksAfar === true);
  const findings: Finding[] = [];
  for (const file of schema.files.values()) {
    const asked = compared === undefined || compared.has(file.fullName) ? inspecting : afar;
    if (file.isImport || asked.length === 0) continue;
    for (const element of [file, ...elementsOf(file)])
      for (const rule of asked) findings.push(...inspectElement(rule, element, schema, inspection));
  }
  return findings;
}

function inspectElement(
  rule: Rule,
  element: Element,
  schema: Schema,
  inspection: Inspection,
): readonly Finding[] {
  const judgements = rule.inspect?.(element, schema, inspection) ?? [];
  if (judgements.length === 0) return [];
  return judgements.flatMap((judgement) => {
    const severity = decideSeverity(rule, judgement, element.lifecycle.state, false, inspection.policy);
    if (severity === "off") return [];
    return {
      id: standingId(rule.id, element.fullName, judgement.offence),
      rule: rule.id,
      severity,
      message: judgement.message,
      symbol: element.fullName,
      lifecycle: element.lifecycle.state,
      at: judgement.at,
      before: undefined,
      breaks: judgement.breaks ?? rule.breaks,
      suggestion: judgement.suggestion ?? [],
      way: { fixes: judgement.fixes ?? [], unfixable: judgement.unfixable },
    };
  });
}
