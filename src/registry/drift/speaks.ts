import { isIn } from "../join/next-seen.js";
import type { Contract } from "../store/records.js";
import type { ContractElements } from "./contract-elements.js";
import type { Contracts } from "./contracts.js";
import type { SeenService } from "./observed.js";

/** Whether a service may use an element, and how it is known. */
export type Speech =
  | { readonly speaks: true; readonly because: string }
  | { readonly speaks: false; readonly because: string; readonly counted: boolean }
  | { readonly speaks: undefined; readonly because: string };

/**
 * A service speaks an element when its contract has it, unless it has counted all uses for a whole window and there was none.
 * @param record what is known of the service with this contract; its counts are those of all its instances
 */
export async function speech(
  element: string,
  contract: Contract,
  contracts: Contracts,
  record: SeenService | undefined,
  sinceWhen: number,
): Promise<Speech> {
  const elements = await contracts.elements(contract);
  if (elements === undefined)
    return { speaks: undefined, because: "the registry does not hold its contract" };
  if (!has(elements, element))
    return { speaks: false, because: "its contract does not have it", counted: false };
  return spoken(element, elements, record, sinceWhen);
}

/** Whether a contract has an element, a package having what lies in it. */
export function has(elements: ContractElements, element: string): boolean {
  if (elements.has(element)) return true;
  for (const name of elements.keys()) if (name.startsWith(`${element}.`)) return true;
  return false;
}

function spoken(
  element: string,
  elements: ContractElements,
  record: SeenService | undefined,
  sinceWhen: number,
): Speech {
  const isUse = (name: string) =>
    isIn(name, element) ||
    isIn(element, name) ||
    (elements.get(name) ?? []).some((besides) => isIn(besides, element));
  const uses = Object.entries(record?.used ?? {}).filter(([name]) => isUse(name));
  const last = uses
    .map(([, at]) => at)
    .sort()
    .at(-1);
  if (last !== undefined && Date.parse(last) >= sinceWhen)
    return { speaks: true, because: `it used it, reported at ${last}` };
  const counted = Object.entries(record?.counted ?? {}).filter(([scope]) => isIn(element, scope));
  const since = counted.map(([, at]) => at).sort()[0];
  if (since !== undefined && Date.parse(since) <= sinceWhen)
    return {
      speaks: false,
      counted: true,
      because: `it counts all uses since ${since} and ${last ? `used it last before ${last}` : "has not used it"}`,
    };
  const counting = since === undefined ? "" : `; it counts uses since ${since} only`;
  return { speaks: true, because: `its contract has it${counting}` };
}
