import type { Waiver } from "../../rules/index.js";
import type { Removal } from "./remove-waiver.js";

/** What a file of waivers is before there are any. */
const emptyWaivers = `# Findings that somebody accepts for a while: proto4 check passes over them until their last day.
version: v1
waivers:
`;

// What parses is loaded for those who edit: most of a short command's time would go there.

/**
 * Writes a waiver behind the others; all else stays as it is, byte for byte.
 * @param text `undefined` where there is no file yet
 * @param about what a finding's id stands for, which the file says beside it
 * @throws Proto4Error "config-invalid" where the text is no file of waivers, or written in a way that is not understood
 */
export async function waive(
  text: string | undefined,
  path: string,
  waiver: Waiver,
  about: string | undefined,
): Promise<string> {
  const { addWaiver } = await import("./add-waiver.js");
  return addWaiver(text ?? emptyWaivers, path, waiver, about);
}

/**
 * Takes out what waives a target; all else stays as it is, byte for byte.
 * @param target a finding's id, or a rule and a symbol with a blank between
 * @returns no text where nothing is left but what `waive` begins with
 * @throws Proto4Error as `waive` does
 */
export async function unwaive(
  text: string,
  path: string,
  target: string,
): Promise<Partial<Removal> & Pick<Removal, "removed">> {
  const { removeWaiver } = await import("./remove-waiver.js");
  const { text: rest, removed } = removeWaiver(text, path, target);
  return removed.length > 0 && rest === emptyWaivers ? { removed } : { text: rest, removed };
}
