import { type Finding, type Format, findingEdits, type ReportContext } from "../gate/index.js";
import type { ColorChoice } from "./color.js";
import { loadFindingSources } from "./finding-sources.js";
import { fromRoot } from "./from-root.js";
import type { LoadedComparison } from "./load-comparison.js";
import { type Reports, terminal } from "./reports.js";
import { version } from "./version.js";

/** What was asked for. */
interface Asked {
  readonly input: string;
  readonly reports: Reports;
  readonly color: ColorChoice;
}

/** What reports of a check may know besides its findings. */
export async function loadReportContext(
  findings: readonly Finding[],
  { baselines, after }: LoadedComparison,
  { input, reports: { format, files }, color }: Asked,
): Promise<ReportContext> {
  const isShown = [format, ...files.map((file) => file.format)].some((each) => withSources.includes(each));
  return {
    ...terminal(color),
    sources: isShown ? await loadFindingSources(baselines, after, findings) : undefined,
    edits: findingEdits((path) => after.workspace.read(path)),
    fromRoot: fromRoot(process.cwd()),
    input,
    version: version(),
  };
}

/** Formats that have room for sources, which may have to be fetched. */
const withSources: readonly Format[] = ["text", "sarif", "markdown"];
