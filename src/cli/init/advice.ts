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
  const version = parsed(read("buf.yaml") ?? "")?.version;
  return [
    ...adviseOutside(protos, roots),
    ...(version === "v2" ? [] : [`it is ${version ?? "of no version"}: buf config migrate makes it v2`]),
  ];
}

/** What no module has. */
export function adviseOutside(protos: WorkspaceFacts["protos"], roots: readonly string[]): readonly string[] {
  const [first, ...others] = protos.filter(({ path }) => !roots.some((root) => isIn(path, root)));
  if (first === undefined) return [];
  const which = others.length === 0 ? "lies" : `and ${others.length} more lie`;
  return [`${first.path} ${which} in no module; if it is one of yours, add under modules:  - path: FOLDER`];
}

/** Our options say in comments which of buf's lint rules they leave out, and elder versions of buf.yaml read none. */
export function adviseLint(read: WorkspaceFacts["read"], root: string): readonly string[] {
  const path = [posix.join(root, "buf.yaml"), "buf.yaml"].find((each) => read(each) !== undefined);
  const text = path === undefined ? "" : (read(path) ?? "");
  const isElder = ["v1", "v1beta1"].includes(String(parsed(text)?.version));
  if (!isElder || /\bproto4\b|allow_comment_ignores:\s*true/.test(text)) return [];
  return [`for buf lint, add to ${path}:  lint: { ignore: [proto4] }`];
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
  const { plugins: listed, version } = parsed(found) ?? {};
  const plugins: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const ours = plugins.map((plugin) => Object(plugin) as Readonly<Record<string, unknown>>).find(isOurs);
  if (ours === undefined) return [`add under plugins:\n${generateEntry(version).trimEnd()}`];
  if (ours.strategy === "all") return [];
  return ["add to the entry of protoc-gen-proto4:  strategy: all"];
}

/** By the keys under which buf's versions have the command, which may be a list of words. */
function isOurs({ local, plugin, name, path }: Readonly<Record<string, unknown>>): boolean {
  return [local, plugin, name, path].flat().some((word) => /(^|[-/\\])proto4(\.\w+)?$/.test(String(word)));
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
