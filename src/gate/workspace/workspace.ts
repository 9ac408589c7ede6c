import type { BreakingSection } from "../config/read-breaking.js";
import type { PolicyFile } from "../config/read-policy.js";
import type { WaiversFile } from "./waivers-file.js";

/** A module of an input. */
export interface Module {
  /** Its name in a registry, else its folder: buf compares the modules of two workspaces in the order of these. */
  readonly key: string;
  /** How to spell the module alone as an input. */
  readonly input: string;
  /** Folders from which its imports are spelled; `undefined` for an image, where everything is its own. */
  readonly roots: readonly string[] | undefined;
  /** Folders in them that are not its own, and the only ones that are, where there are any. */
  readonly excludes: readonly string[];
  readonly includes: readonly string[];
  readonly breaking: BreakingSection;
}

/** What belongs together in an input, where it lies, and by which rules it is judged. */
export interface Workspace {
  /** The modules that the input means, in the order of their keys. */
  readonly modules: readonly Module[];
  /** Whether these are all the modules there are. */
  readonly isWhole: boolean;
  /** Whether the input lies in a module by its path, as imports spell it. */
  owns(module: Module, importPath: string): boolean;
  /** What to call a file where the user stands; the path itself for what lies in no module. */
  locate(importPath: string): string;
  /** A source's text, by what `locate` called it; `undefined` where it lies in no module, or is not at hand. */
  read(path: string): string | undefined;
  /**
   * What its proto4.yaml says, if it has one.
   * @throws Proto4Error "config-invalid" only now: what is wrong with it is nobody's business where it is not asked,
   * as of the version before or by who is to judge like buf
   */
  policy(): PolicyFile | undefined;
  /**
   * Where findings that are accepted are written down: by `waivers` of its proto4.yaml, else beside that or where it
   * would lie. Nothing where there is no such place.
   * @throws Proto4Error "config-invalid" as `policy` does, and where several folders of the input have such a file
   */
  waivers(): WaiversFile | undefined;
  /** Where its sources lie; `undefined` for what lies in no folder of this machine. */
  readonly disk: Disk | undefined;
}

/** Sources in folders of this machine; all paths are absolute. */
export interface Disk {
  /** The outermost folder that says something of them. */
  readonly folder: string;
  /** Where a file lies by its path, as imports spell it; `undefined` for what is no source of the workspace. */
  find(importPath: string): string | undefined;
  /** Where a new file would lie, and in which module; `undefined` where that could be in several folders. */
  place(importPath: string): { readonly file: string; readonly module: Module } | undefined;
}
