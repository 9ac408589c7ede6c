import type { Location } from "../../diagnostics/index.js";
import { type Element, fileOf, type Lifecycle, locate, protoLine, sunsetOf } from "../../schema/index.js";

/** What an element is, where, and what it promises. */
export interface ElementFacts {
  readonly kind: Element["kind"] | "extension";
  /** Its full name; a file's is its path. */
  readonly name: string;
  /** The file that declares it, and where it does, if the image says so. */
  readonly path: string;
  readonly place?: Location | undefined;
  /** Its declaration, without options and without what is in it. */
  readonly line: string;
  readonly lifecycle: Lifecycle;
  /** Whether it declares its lifecycle itself, has it from what is around it, or nobody declares one. */
  readonly source: "own" | "inherited" | "inferred";
  /** Last day, yyyy-mm-dd, declared or inherited. */
  readonly sunset?: string | undefined;
  readonly reason?: string | undefined;
  readonly replacedBy?: string | undefined;
}

export function describeElement(element: Element): ElementFacts {
  const { lifecycle, fullName: name } = element;
  const { reason, replacedBy } = lifecycle.terms;
  return {
    kind: element.kind === "field" && element.extendee !== undefined ? "extension" : element.kind,
    name,
    path: fileOf(element).fullName,
    place: locate(element),
    line: declarationOf(element),
    lifecycle: lifecycle.state,
    source: lifecycle.source,
    sunset: sunsetOf(element),
    reason,
    replacedBy,
  };
}

function declarationOf(element: Element): string {
  if (element.kind === "field")
    return element.extendee === undefined
      ? protoLine(element)
      : `extend ${element.extendee} { ${protoLine(element)} }`;
  if (element.kind === "enum-value") return `${element.name} = ${element.number}`;
  if (element.kind === "method") {
    const { input, output, clientStreaming, serverStreaming } = element;
    return `rpc ${element.name}(${streamed(input, clientStreaming)}) returns (${streamed(output, serverStreaming)})`;
  }
  return `${element.kind} ${element.name}`;
}

function streamed(type: string, isStream: boolean): string {
  return isStream ? `stream ${type}` : type;
}
