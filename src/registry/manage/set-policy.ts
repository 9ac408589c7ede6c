import { Proto4Error } from "../../diagnostics/index.js";
import { checkBaselines, directions, imageSide, parsePolicy } from "../../gate/index.js";
import type { Actor } from "../audit.js";
import type { SubjectPolicy } from "../store/records.js";
import type { Store } from "../store/store.js";
import { amend } from "./amend.js";

/**
 * Says how the next versions of a subject are judged; what stands stays.
 * @param policy replaces the parts that it names; an empty list or text takes a part back
 * @returns the policy as it is now
 * @throws Proto4Error "usage", "config-invalid"; as `amend` does
 */
export async function setPolicy(
  store: Store,
  subject: string,
  policy: SubjectPolicy,
  actor: Actor,
): Promise<SubjectPolicy> {
  await checkPolicy(policy, actor.at.slice(0, 10));
  let result: SubjectPolicy = {};
  await amend(store, subject, actor, ({ head }) => {
    result = merge(head.policy, policy);
    return { steps: [], head: { ...head, policy: result }, audit: { action: "policy", policy: result } };
  });
  return result;
}

/** What the gate would refuse to work with later would stop every push: it is asked now. */
async function checkPolicy({ categories, direction, config }: SubjectPolicy, today: string): Promise<void> {
  if (direction && !directions.some((each) => each === direction))
    throw new Proto4Error("usage", `there is no direction "${direction}": ${directions.join(", ")}`);
  const nothing = imageSide("nothing", { files: [] });
  if (categories !== undefined && categories.length > 0)
    checkBaselines([{ name: "nothing", date: undefined, side: nothing }], nothing, { categories, today });
  if (config === undefined || config === "") return;
  if (config.length > MOST_TEXT)
    throw new Proto4Error(
      "config-invalid",
      `a policy has ${MOST_TEXT} characters at most, not ${config.length}`,
    );
  await parsePolicy(config, "the policy");
}

function merge(before: SubjectPolicy, more: SubjectPolicy): SubjectPolicy {
  const { categories, direction, config } = { ...before, ...defined(more) };
  return defined({
    categories: categories?.length === 0 ? undefined : categories,
    direction: direction === "" ? undefined : direction,
    config: config === "" ? undefined : config,
  });
}

function defined(policy: SubjectPolicy): SubjectPolicy {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}

const MOST_TEXT = 64_000;
