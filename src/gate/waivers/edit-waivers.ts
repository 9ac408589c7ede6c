import { oneLine, Proto4Error } from "../../diagnostics/index.js";
import type { Waiver } from "../../rules/index.js";
import { nearestFirst } from "../config/nearest.js";
import { targetOf } from "./mark-waived.js";

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
 * @returns `undefined` where nothing is left but what `waive` begins with
 * @throws Proto4Error as `waive` does, and "usage" where nothing waives the target
 */
export async function unwaive(text: string, path: string, target: string): Promise<string | undefined> {
  const { removeWaiver } = await import("./remove-waiver.js");
  const { text: rest, removed, left } = removeWaiver(text, path, target);
  if (removed.length === 0) throw notThere(target, left, path);
  return rest === emptyWaivers ? undefined : rest;
}

function notThere(target: string, left: readonly Waiver[], path: string): Proto4Error {
  const others = nearestFirst(target, left.map(targetOf)).slice(0, SHOWN);
  const meant = others.length === 0 ? "nothing is waived" : `it may be meant: ${others.join(", ")}`;
  return new Proto4Error("usage", oneLine(`no waiver here names ${target}; ${meant}`), {
    location: { path },
  });
}

/** Few enough to be read. */
const SHOWN = 3;
