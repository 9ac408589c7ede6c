import { posix } from "node:path";
import { parse } from "yaml";
import { packageFile } from "../package-file.js";
import { generateEntry } from "./config-texts.js";
import type { WorkspaceFacts } from "./facts.js";
import { isIn } from "./find-roots.js";

/** What an options.proto that is there lacks. */
export function adviseOptions(found: string): readonly string[] {
  const own = packageFile("proto/proto4/options.proto");
  if (found.replaceAll("\r\n", "\n") === own) return [];
  return ["it is not this version's; compare it with node_modules/proto4/proto/proto4/options.proto"];
}

/** What a buf.yaml that is there lacks. */
export function adviseBufYaml(
  { protos, read }: Pick<WorkspaceFacts, "protos" | "read">,
  roots: readonly string[],
): readonly string[] {
  const outside = protos.find(({ path }) => !roots.some((root) => isIn(path, root)));
  const version = parsed(read("buf.yaml") ?? "")?.version;
  return [
    ...(outside === undefined
      ? []
      : [`${outside.path} lies in no module; if it is one of yours, add under modules:  - path: FOLDER`]),
    ...(version === "v2" ? [] : [`it is ${version ?? "of no version"}: buf config migrate makes it v2`]),
  ];
}

/** What a new buf.yaml takes the place of: buf reads none below it, and what those ask would be lost unsaid. */
export function adviseNested({
  folder,
  protos,
  read,
}: Pick<WorkspaceFacts, "folder" | "protos" | "read">): readonly string[] {
  const folders = new Set(protos.flatMap(({ path }) => foldersAbove(path)));
  return [...folders]
    .filter((below) => read(posix.join(below, "buf.yaml")) !== undefined)
    .toSorted()
    .map((below) => {
      const own = `proto4 init ${posix.join(folder, below)}`;
      return `${below}/buf.yaml counts no longer: take over what it says, or delete this one and run  ${own}`;
    });
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

/** What a buf.gen.yaml that is there lacks, in any of its versions. */
export function adviseGenerate(found: string): readonly string[] {
  const listed = parsed(found)?.plugins;
  const plugins: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const ours = plugins.find((plugin) => JSON.stringify(plugin).includes("proto4")) as
    | Readonly<Record<string, unknown>>
    | undefined;
  if (ours === undefined) return [`add under plugins:\n${generateEntry.trimEnd()}`];
  if (ours.strategy === "all") return [];
  return ["add to the entry of protoc-gen-proto4:  strategy: all"];
}

/** Of what is no YAML, or no map, buf tells better what is wrong. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = parse(text);
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
