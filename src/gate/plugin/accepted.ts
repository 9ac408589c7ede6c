import { Proto4Error } from "../../diagnostics/index.js";
import type { Finding } from "../../rules/index.js";
import { type KnownFinding, leaveOutKnown } from "../known/known-finding.js";
import { loadKnown } from "../known/load-known.js";
import { markWaived } from "../waivers/mark-waived.js";
import type { PlacedWaiver } from "../waivers/waiver-shape.js";
import { loadYaml } from "../workspace/load-config.js";
import { diskWaivers } from "../workspace/waivers-file.js";

/** Findings that somebody accepted: for a while, or because they were there when the gate came. */
export interface Accepted {
  readonly waivers: readonly PlacedWaiver[];
  readonly known: readonly KnownFinding[];
}

/** Files that say what is accepted, and how many days ahead of `today` a waiver may end. */
export interface AcceptedFiles {
  readonly waivers: string | undefined;
  readonly baseline: string | undefined;
  readonly lifetime: number;
  readonly today: string;
}

/** @throws Proto4Error "config-invalid" with the place of what is wrong in one of them, or where there is none */
export async function loadAccepted(files: AcceptedFiles, cwd: string): Promise<Accepted> {
  const known = files.baseline === undefined ? [] : await loadKnown(files.baseline, cwd);
  if (known === undefined) throw missing(files.baseline ?? "", "proto4 baseline");
  return { known, waivers: files.waivers === undefined ? [] : await loadWaived(files.waivers, files, cwd) };
}

async function loadWaived(
  path: string,
  { today, lifetime }: AcceptedFiles,
  cwd: string,
): Promise<readonly PlacedWaiver[]> {
  const text = diskWaivers(path, cwd).read();
  if (text === undefined) throw missing(path, "proto4 waive");
  const { checkLifetimes, readWaivers } = await import("../waivers/read-waivers.js");
  const waivers = readWaivers(await loadYaml(text, path));
  checkLifetimes(waivers, today, lifetime);
  return waivers;
}

/** What nobody accepted; a waiver that has ended accepts nothing. */
export function leaveOutAccepted(
  findings: readonly Finding[],
  { waivers, known }: Accepted,
  today: string,
): readonly Finding[] {
  const marked = markWaived(findings, waivers, today).findings;
  return leaveOutKnown(
    marked.filter(({ waiver }) => waiver === undefined),
    known,
  ).findings;
}

function missing(path: string, writer: string): Proto4Error {
  return new Proto4Error("config-invalid", `there is no such file; ${writer} writes one`, {
    location: { path },
  });
}
