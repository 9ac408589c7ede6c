import { type Element, fileOf, type Lifecycle, type Schema } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { optionName } from "../lifecycle-options.js";
import { optionsImport } from "./imports.js";
import type { WayBack } from "./way-back.js";

/** The state that an element is to declare, with what goes along with it. */
export function declare(element: Element, state: Lifecycle, schema: Schema): WayBack {
  const marks = state === "DEPRECATED" && !element.deprecated ? [option(element, "deprecated", "true")] : [];
  const name = `(${optionName(element, "lifecycle")})`;
  return { fixes: [...optionsImport(element, schema), ...marks, option(element, name, state)] };
}

/** The state that an element declared, or took from what is around it, and with it what was promised till when. */
export function keepState(before: Element, after: Element, schema: Schema): WayBack {
  const { source, state, terms } = before.lifecycle;
  const value = source === "own" ? state : undefined;
  const name = `(${optionName(after, "lifecycle")})`;
  const isMarked = before.deprecated === after.deprecated;
  const { sunset } = terms;
  const keepsSunset =
    state === "DEPRECATED" && sunset !== undefined && after.lifecycle.terms.sunset === undefined;
  return {
    fixes: [
      ...(value === undefined ? [] : optionsImport(after, schema)),
      ...(isMarked ? [] : [option(after, "deprecated", before.deprecated ? "true" : undefined)]),
      option(after, name, value),
      ...(keepsSunset ? [term(after, "sunset", sunset)] : []),
    ],
  };
}

/** A term of an element; that of a file is nobody's. */
export function setTerm(
  element: Element,
  name: TermName,
  value: string | undefined,
  schema: Schema,
): WayBack {
  return { fixes: [...optionsImport(element, schema), term(element, name, value)] };
}

type TermName = "since" | "sunset" | "replaced_by";

function term(element: Element, name: TermName, value: string | undefined): Fix {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return option(element, `(${optionName(element, "terms")}).${name}`, text);
}

export function option(element: Element, name: string, value: string | undefined): Fix {
  return { kind: "option", path: fileOf(element).fullName, symbol: element.fullName, name, value };
}

/** The element that declares the state which another one has. */
export function declarer(element: Element): Element {
  return element.kind === "file" || element.lifecycle.source === "own" ? element : declarer(element.parent);
}

/** A day that somebody wrote in another order of its parts, where only one is meant. */
export function dayMeant(text: string): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})\s*$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}
