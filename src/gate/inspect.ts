import type { Image } from "../image/index.js";
import { allRules, type Finding, type Rule } from "../rules/index.js";
import { buildSchema, type Element, elementsOf, type Schema } from "../schema/index.js";
import { standingId } from "./finding-id.js";
import { sortFindings } from "./sort-findings.js";

/**
 * Judges how the files of an image stand, without a version to compare with; imports are not judged.
 * @returns findings in the order of file, line, column, rule id
 * @throws Proto4Error "image-corrupt" when a file does not decode or a name leads nowhere
 */
export function inspect(image: Image): readonly Finding[] {
  return sortFindings(inspectSchema(buildSchema(image.files), allRules));
}

export function inspectSchema(schema: Schema, rules: readonly Rule[]): readonly Finding[] {
  const inspecting = rules.filter((rule) => rule.inspect !== undefined);
  // They judge declared lifecycles, and guesses alone offend nobody.
  if (inspecting.length === 0 || !schema.annotated) return [];
  return [...ownElements(schema)].flatMap((element) =>
    inspecting.flatMap((rule) => inspectElement(rule, element, schema)),
  );
}

function* ownElements(schema: Schema): Generator<Element> {
  for (const file of schema.files.values()) {
    if (file.isImport) continue;
    yield file;
    yield* elementsOf(file);
  }
}

function inspectElement(rule: Rule, element: Element, schema: Schema): readonly Finding[] {
  return (rule.inspect?.(element, schema) ?? []).map((judgement) => ({
    id: standingId(rule.id, element.fullName, judgement.offence),
    rule: rule.id,
    severity: judgement.severity ?? rule.severity,
    message: judgement.message,
    symbol: element.fullName,
    lifecycle: element.lifecycle.state,
    at: judgement.at,
    before: undefined,
    suggestion: judgement.suggestion ?? [],
  }));
}
