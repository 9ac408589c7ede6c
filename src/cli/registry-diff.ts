import { countFindings, type Finding, report, reportJson, type Sources } from "../gate/index.js";
import {
  diffVersions,
  findVersion,
  loadSources,
  type NamedVersion,
  nameOf,
  parseSubjectRef,
  type Registry,
} from "../registry/index.js";
import { heldSources } from "./held-sources.js";
import { terminal } from "./reports.js";
import { today } from "./today.js";
import { type StoreFlags, using } from "./with-store.js";

/** How a diff can be printed. */
export const diffFormats = ["text", "json", "markdown"] as const;

/** What `proto4 registry diff` is told. */
export interface DiffFlags extends StoreFlags {
  readonly json?: boolean;
  readonly format?: (typeof diffFormats)[number];
  readonly category?: readonly string[];
}

/** `proto4 registry diff`: a verdict each way; the exit code is about the way forth. */
export async function diff(from: string, to: string | undefined, flags: DiffFlags): Promise<void> {
  const before = parseSubjectRef(from);
  const after = parseSubjectRef(to?.startsWith("@") ? `${before.subject}${to}` : (to ?? before.subject));
  await using(flags, false, async (registry) => {
    const a = { subject: before.subject, version: await findVersion(registry.store, before) };
    const b = { subject: after.subject, version: await findVersion(registry.store, after) };
    const options = { today: today(), categories: flags.category };
    const { forth, back } = await diffVersions(registry, a, b, options);
    const ways = [
      { from: nameOf(a), to: nameOf(b), findings: forth },
      { from: nameOf(b), to: nameOf(a), findings: back },
    ];
    const format = flags.json ? "json" : (flags.format ?? "text");
    const sources = format === "json" ? undefined : await sourcesOf(registry, a, b, [...forth, ...back]);
    process.stdout.write(printers[format](ways, sources));
    if (forth.some(({ severity }) => severity === "error")) process.exitCode = 100;
  });
}

/** What one version does to whoever has the other. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly findings: readonly Finding[];
}

type Print = (ways: readonly Way[], sources: Sources | undefined) => string;

const printers: Readonly<Record<NonNullable<DiffFlags["format"]>, Print>> = {
  text: (ways, sources) =>
    ways
      .map(({ findings, ...way }) => {
        const text = report(findings, "text", { ...terminal("auto"), sources });
        return `${headingOf(way)}: ${countFindings(findings) || "no findings"}\n${text}`;
      })
      .join("\n"),
  json: (ways) => ways.map(wayAsJson).join(""),
  markdown: (ways, sources) =>
    ways
      .map((way) => report(way.findings, "markdown", { sources, title: headingOf(way), share: ways.length }))
      .join("\n"),
};

/** `from acme/user@1 to acme/user@2` */
function headingOf({ from, to }: Pick<Way, "from" | "to">): string {
  return `from ${from} to ${to}`;
}

function wayAsJson({ findings, ...way }: Way): string {
  const lines = reportJson(findings).split("\n").filter(Boolean);
  return `${JSON.stringify({ ...way, findings: lines.map((line) => JSON.parse(line)) })}\n`;
}

/** Whichever way it goes, a finding is in the later version, and its element was in the elder. */
async function sourcesOf(
  registry: Registry,
  elder: NamedVersion,
  later: NamedVersion,
  findings: readonly Finding[],
): Promise<Sources | undefined> {
  if (findings.length === 0) return undefined;
  const [before, after] = await Promise.all([
    loadSources(registry, elder.version),
    loadSources(registry, later.version),
  ]);
  return heldSources(before, after);
}
