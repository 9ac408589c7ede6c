import type { Audience, Judgement, RuleContext } from "../rule.js";
import type { Misread, Way } from "./misread.js";

/** What bytes suffer on both ways, and who is hurt by it. */
export interface Suffering extends Required<Pick<Judgement, "breaks">> {
  /** `newer readers read -1 as 4294967295` */
  readonly told: string;
}

/**
 * Asks for both ways in which bytes go: newer readers of elder data, and elder readers of newer data.
 * @param ask of one way, with what the writer has first
 * @returns `undefined` where every value arrives as it was
 */
export function askBothWays<T>(
  before: T,
  after: T,
  context: RuleContext,
  ask: (writer: T, reader: T, way: Way) => Misread | undefined,
): Suffering | undefined {
  const newer = ask(before, after, { writer: context.before, reader: context.after, isReaderNewer: true });
  const elder = ask(after, before, { writer: context.after, reader: context.before, isReaderNewer: false });
  return suffering(newer, elder);
}

/** @param newer what newer readers make of elder data, among it what is stored */
export function suffering(newer: Misread | undefined, elder: Misread | undefined): Suffering | undefined {
  if (newer === undefined && elder === undefined) return undefined;
  return {
    told: tell(newer, elder),
    breaks: [...stored(newer), ...(elder ? elders : []), ...(newer ? newers : [])],
  };
}

function stored(newer: Misread | undefined): readonly Audience[] {
  return newer === undefined ? [] : ["stored-data"];
}

const elders: readonly Audience[] = ["elder-readers"];
const newers: readonly Audience[] = ["newer-readers"];

function tell(newer: Misread | undefined, elder: Misread | undefined): string {
  const [ofNewer, ofElder] = [newer && phrase(newer), elder && phrase(elder)];
  if (ofNewer === ofElder) return `newer and elder readers ${ofNewer}`;
  const each = [ofNewer && `newer readers ${ofNewer}`, ofElder && `elder readers ${ofElder}`];
  return each.filter(Boolean).join("; ");
}

function phrase({ what, path }: Misread): string {
  return path.length === 0 ? what : `${what} (in ${path.join(".")})`;
}
