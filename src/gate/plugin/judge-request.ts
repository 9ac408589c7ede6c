import { checkClosed, type FileSlice, type Image } from "../../image/index.js";
import { allRules, type Finding } from "../../rules/index.js";
import { wholeSchema } from "../../schema/index.js";
import { check } from "../check.js";
import { inspectSchema } from "../inspect.js";
import { sortFindings } from "../sort-findings.js";
import { leaveOutAccepted } from "./accepted.js";
import type { PluginOptions } from "./plugin-options.js";
import { pluginRules } from "./plugin-rules.js";
import type { CheckRequest } from "./read-request.js";

/** What of a request is judged: its two sides as images. */
export interface Sides {
  readonly before: Image;
  readonly after: Image;
}

/** @throws Proto4Error "image-corrupt" when a side lacks an import, or has a file twice */
export function sidesOf({ files, against }: CheckRequest): Sides {
  return { before: toImage(against), after: toImage(files) };
}

/** Nothing to compare with is what the first version finds. */
function toImage(files: readonly FileSlice[]): Image {
  return files.length === 0 ? { files } : checkClosed(files, "what buf sent");
}

/**
 * What the rules that buf asks find. Rules that compare are asked of both sides; rules that look at one, of that.
 * @param today yyyy-mm-dd
 * @throws Proto4Error as `check` does
 */
export function judgeRequest(
  { rules }: CheckRequest,
  { before, after }: Sides,
  options: PluginOptions,
  today: string,
): readonly Finding[] {
  const asked = askedRules(rules, options.except);
  const standing = inspectAfter(after, asked, options);
  const changed = compare(before, after, asked, options, today);
  const severe = [...standing, ...changed].filter(({ severity }) => isTold(severity, options.failOn));
  return sortFindings(leaveOutAccepted(severe, options.accepted, today));
}

function askedRules(ids: readonly string[], except: readonly string[]): ReadonlySet<string> {
  const defaults = pluginRules.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  return new Set((ids.length === 0 ? defaults : ids).filter((id) => !except.includes(id)));
}

function inspectAfter(
  after: Image,
  asked: ReadonlySet<string>,
  { policy }: PluginOptions,
): readonly Finding[] {
  const rules = allRules.filter(({ id, inspect }) => inspect !== undefined && asked.has(id));
  if (rules.length === 0) return [];
  const schema = wholeSchema(after);
  return inspectSchema(schema, rules, { policy, whole: schema });
}

function compare(
  before: Image,
  after: Image,
  asked: ReadonlySet<string>,
  { policy, beside }: PluginOptions,
  today: string,
): readonly Finding[] {
  const own = pluginRules.filter(({ type, categories }) => type === "breaking" && categories.length > 0);
  const use = own.map(({ id }) => id).filter((id) => asked.has(id));
  if (use.length === 0) return [];
  // What looks at one side is lint's here; what buf says itself is asked only so that it is not said twice.
  const except = pluginRules.map(({ id }) => id).filter((id) => known.has(id) && !use.includes(id));
  const findings = check(before, after, { today, policy, breaking: { use: [...use, ...beside], except } });
  return findings.filter(({ rule }) => asked.has(rule));
}

const known: ReadonlySet<string> = new Set(allRules.map(({ id }) => id));

function isTold(severity: Finding["severity"], least: PluginOptions["failOn"]): boolean {
  return least !== "never" && order.indexOf(severity) >= order.indexOf(least);
}

const order: readonly Finding["severity"][] = ["info", "warning", "error"];
