import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { type Finding, reportText } from "../gate/index.js";
import { exportSources, loadImage, sourcePaths } from "../image/index.js";
import { type PublishOutcome, publish } from "../registry/index.js";
import { relocate } from "./relocate.js";
import { type StoreFlags, using } from "./with-store.js";

/** `proto4 registry push` */
export async function push(
  input: string,
  flags: StoreFlags & { readonly subject: string; readonly label?: string },
): Promise<void> {
  const { subject, label } = flags;
  const { env } = process;
  progress(`compiling ${input}`);
  // Before the store is opened, which may make one: what does not compile leaves nothing behind.
  const [image, sources] = await Promise.all([loadImage(input, { env }), exportSources(input, { env })]);
  await using(flags, true, async (store) => {
    progress(`judging and storing ${image.files.length} files`);
    const at = new Date().toISOString();
    const outcome = await publish(store, {
      subject,
      image,
      sources,
      label,
      by: user(),
      at,
      id: randomUUID(),
    });
    process.stdout.write(reportText(await relocateAll(outcome.findings, input)));
    tell(subject, label, outcome);
  });
}

/** The version before lies in the registry, where only imports' spelling says anything. */
async function relocateAll(findings: readonly Finding[], input: string): Promise<readonly Finding[]> {
  if (findings.length === 0) return [];
  const paths = await sourcePaths(input, { env: process.env });
  return findings.map((finding) => relocate(finding, new Map(), paths));
}

function tell(subject: string, label: string | undefined, outcome: PublishOutcome): void {
  if (outcome.outcome === "refused") {
    const against =
      outcome.against === undefined ? "as a first version" : `against ${subject}@${outcome.against}`;
    process.stderr.write(`refused ${against}; the registry is as it was\n`);
    process.exitCode = 100;
    return;
  }
  const { version, outcome: result } = outcome;
  const labelled = label === undefined ? "" : `, labelled ${label}`;
  const packages = version.contracts.map((contract) => contract.package).join(", ");
  process.stdout.write(
    result === "published"
      ? `published ${subject}@${version.seq}${labelled}: ${packages}\n`
      : `${subject}@${version.seq} is the same to the byte${labelled}: nothing to publish\n`,
  );
}

/** On a terminal only: logs keep what came of it. */
function progress(doing: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${doing} …\n`);
}

function user(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "unknown"; // a container's user need not have a name
  }
}
