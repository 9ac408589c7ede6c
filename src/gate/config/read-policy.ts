import { defaultPolicy, type Policy } from "../../rules/index.js";
import type { Bar } from "./bars.js";
import { policyShape } from "./policy-shape.js";
import { defaultWaiverLifetime } from "./waiver-lifetime.js";
import type { YamlNode } from "./yaml-node.js";

/** A proto4.yaml as a plain value; what it does not say is `undefined`, or in `policy` the default. */
export interface PolicyFile {
  readonly policy: Policy;
  /** The least severity that fails. */
  readonly failOn: Bar | undefined;
  /** Names of categories and rules, as v2 has them, in place of buf.yaml's. */
  readonly use: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
  /** Paths of files: as they are written, from the folder of this one, until who loads it spells them from elsewhere. */
  readonly waivers: string | undefined;
  readonly baseline: string | undefined;
  /** How many days ahead of today the last day of a waiver lies at most. */
  readonly waiverLifetime: number;
}

/** @throws Proto4Error "config-invalid" with the place of what cannot be meant */
export function readPolicy(file: YamlNode): PolicyFile {
  const { lifecycle = {}, severity = {}, ...said } = policyShape.read(file);
  return {
    policy: {
      notice: lifecycle.notice ?? defaultPolicy.notice,
      minAge: { ...defaultPolicy.minAge, ...lifecycle.min_age },
      unannotated: lifecycle.unannotated ?? defaultPolicy.unannotated,
      severity: { ...defaultPolicy.severity, ...severity },
      trackedOptions: said.options ?? defaultPolicy.trackedOptions,
    },
    failOn: said.fail_on,
    use: said.use,
    except: said.except,
    waivers: said.waivers,
    baseline: said.baseline,
    waiverLifetime: said.waiver_lifetime ?? defaultWaiverLifetime,
  };
}
