import { Proto4Error } from "../../diagnostics/index.js";
import { type Image, withImports } from "../../image/index.js";
import type { BreakingSection } from "../config/read-breaking.js";
import type { Module, Workspace } from "./workspace.js";

/** A compiled input and what is known of its modules. */
export interface Side {
  readonly image: Image;
  readonly workspace: Workspace;
}

/** A module before and after, each with what it imports; the one after says by which rules. */
export interface ModulePair {
  readonly before: Image;
  readonly after: Image;
  readonly breaking: BreakingSection;
}

/**
 * Finds which module became which, as buf does: the first before is the first after, and so on. Only where there are
 * more of them after, and all have the same rules, modules are found by a file that both hold, and new ones left out.
 * @throws Proto4Error "input-unreadable" where modules are left without a partner
 */
export function pairModules(before: Side, after: Side): readonly ModulePair[] {
  const was = moduleImages(before);
  const is = moduleImages(after);
  const partners = is.length > was.length && haveSameRules(is) ? withPartner(is, was) : is;
  if (partners.length !== was.length) throw unequal(was.length, is.length);
  return partners.flatMap(({ image, breaking }, index) => {
    const other = was[index];
    return other === undefined ? [] : [{ before: other.image, after: image, breaking }];
  });
}

interface ModuleImage {
  readonly image: Image;
  readonly breaking: BreakingSection;
}

/** Modules of which no file is meant do not count. */
function moduleImages({ image, workspace }: Side): readonly ModuleImage[] {
  const [only, ...others] = workspace.modules;
  if (only !== undefined && others.length === 0) return [{ image, breaking: only.breaking }];
  return workspace.modules.flatMap((module) => {
    const own = ownFiles(image, workspace, module);
    return own.size === 0 ? [] : [{ image: imageOf(own, image), breaking: module.breaking }];
  });
}

function ownFiles(image: Image, workspace: Workspace, module: Module): ReadonlySet<string> {
  const meant = image.files.filter(({ isImport }) => !isImport).map(({ path }) => path);
  return new Set(meant.filter((path) => workspace.owns(module, path)));
}

function imageOf(own: ReadonlySet<string>, image: Image): Image {
  return { files: withImports(own, image).map((file) => ({ ...file, isImport: !own.has(file.path) })) };
}

function haveSameRules(modules: readonly ModuleImage[]): boolean {
  return new Set(modules.map(({ breaking }) => JSON.stringify(breaking.config))).size === 1;
}

function withPartner(after: readonly ModuleImage[], before: readonly ModuleImage[]): readonly ModuleImage[] {
  const free = new Set(before);
  return after.filter(({ image }) => {
    const own = new Set(image.files.filter(({ isImport }) => !isImport).map(({ path }) => path));
    const partner = [...free].find((other) =>
      other.image.files.some(({ path, isImport }) => !isImport && own.has(path)),
    );
    return partner !== undefined && free.delete(partner);
  });
}

function unequal(before: number, after: number): Proto4Error {
  return new Proto4Error(
    "input-unreadable",
    `there are ${after} modules now and ${before} in --against, and which became which is not to be seen; ` +
      "compare them one by one, such as: proto4 check a --against .git#branch=main,subdir=a",
  );
}
