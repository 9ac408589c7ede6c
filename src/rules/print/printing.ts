import { type Element, type ElementOption, fileOf, type OptionLister } from "../../schema/index.js";
import { globalName } from "../name-source.js";

/** What goes through the printing of an element and of all that lies in it. */
export interface Printing {
  readonly list: OptionLister;
  /** The options of proto4, and `deprecated`, that an element is to have. */
  readonly lifecycle: (element: Element) => readonly string[];
  /** Full names of the types and extensions that are named in what was printed. */
  readonly used: Set<string>;
  /** What could not be printed, in words. */
  readonly lost: Set<string>;
}

/**
 * The options of an element, without those of its lifecycle.
 * @param where the element in whose place it is written
 * @param except names of options that are printed otherwise
 * @param range of a message, the index of the range of extensions whose options are meant
 */
export function optionSources(
  element: Element,
  { list, used, lost }: Printing,
  where: Element = element,
  except: ReadonlySet<string> = nothing,
  range?: number,
): readonly string[] {
  const { options, isPart } = list(element, range);
  if (isPart) lost.add(`an option of ${element.fullName} that no file defines any more`);
  const isEditions = fileOf(where).syntax === "editions";
  return options.flatMap((option) => {
    const [first] = option.path;
    if (first === undefined || first.name === "deprecated" || isOwn(first.name) || except.has(first.name))
      return [];
    if (first.name === "features" && !isEditions) return [];
    for (const { name, isExtension } of option.path) if (isExtension) used.add(name);
    return [`${nameOf(option, where)} = ${option.text}`];
  });
}

/** `features.(pb.cpp).string_type` */
function nameOf({ path }: ElementOption, where: Element): string {
  const parts = path.map(({ name, isExtension }, index) => {
    if (!isExtension) return name;
    return `(${index === 0 ? globalName(where, name) : name})`;
  });
  return parts.join(".");
}

function isOwn(name: string): boolean {
  return /^proto4\.\w+_(lifecycle|terms)$/.test(name);
}

const nothing: ReadonlySet<string> = new Set();
