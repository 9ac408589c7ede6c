import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Git-ignored; what was fetched once serves every later run. */
const cache = fileURLToPath(new URL("../../.cache/peers", import.meta.url));

/**
 * Unpacks Debian packages into the project's cache, through the machine's own mirror and keyring and
 * without installing anything.
 * @param release the Debian release to take them from
 * @returns the folder that holds their `usr/`
 */
export async function debianPackages(release: string, packages: readonly string[]): Promise<string> {
  const root = join(cache, `${release}-${packages[0]?.split("=")[0]}`);
  if (existsSync(root)) return root;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "fetch-"));
  try {
    await fetchAndUnpack(work, release, packages);
    // Another run may have been quicker; its result is as good.
    await rename(join(work, "root"), root).catch((error) => {
      if (!existsSync(root)) throw error;
    });
    return root;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchAndUnpack(work: string, release: string, packages: readonly string[]): Promise<void> {
  await mkdir(join(work, "lists/partial"), { recursive: true });
  await mkdir(join(work, "cache/archives/partial"), { recursive: true });
  await writeFile(join(work, "sources.list"), await sourcesList(release));
  const apt = ["-qq", ...options(work)];
  await run("apt-get", [...apt, "update"], { cwd: work });
  await run("apt-get", [...apt, "download", ...packages], { cwd: work });
  await run("sh", ["-c", 'for deb in *.deb; do dpkg -x "$deb" root || exit; done'], { cwd: work });
}

function options(work: string): string[] {
  const settings = {
    "Dir::Etc::sourcelist": join(work, "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State::lists": join(work, "lists"),
    "Dir::Cache": join(work, "cache"),
    "APT::Sandbox::User": "root",
  };
  return Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
}

/** The machine's first plain Debian source, for another release. */
async function sourcesList(release: string): Promise<string> {
  const text = await readFile("/etc/apt/sources.list.d/debian.sources", "utf8");
  for (const stanza of text.split(/\n\s*\n/)) {
    const entry = (key: string) => new RegExp(`^${key}:\\s*(\\S+)`, "m").exec(stanza)?.[1];
    if (entry("URIs") !== undefined && !/^Suites:.*security/m.test(stanza))
      return `deb [signed-by=${entry("Signed-By")}] ${entry("URIs")} ${release} main\n`;
  }
  throw new Error("/etc/apt/sources.list.d/debian.sources names no Debian mirror");
}
