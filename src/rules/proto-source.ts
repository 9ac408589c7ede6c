import {
  type Element,
  type Enum,
  type EnumValue,
  type Field,
  fileOf,
  type Lifecycle,
  type Message,
  type Method,
  type Terms,
} from "../schema/index.js";

/** A field's statement as its author could write it; without `options`, with those that proto4 knows of. */
export function fieldSource(field: Field, options = ownOptions(field)): string {
  const own = field.jsonName === defaultJsonName(field.name) ? [] : [`json_name = "${field.jsonName}"`];
  return `${labelOf(field)}${typeSource(field)} ${field.name} = ${field.number}${brackets([...own, ...options])};`;
}

export function valueSource(value: EnumValue, options = ownOptions(value)): string {
  const { name, number } = value;
  return `${name} = ${number}${brackets(options)};`;
}

export function methodSource(method: Method, options = ownOptions(method)): string {
  const { name, clientStreaming, serverStreaming } = method;
  const input = `${clientStreaming ? "stream " : ""}${nameFrom(method, method.input)}`;
  const output = `${serverStreaming ? "stream " : ""}${nameFrom(method, method.output)}`;
  const body = options.length === 0 ? ";" : ` { ${options.map((option) => `option ${option};`).join(" ")} }`;
  return `rpc ${name}(${input}) returns (${output})${body}`;
}

/** An element's statement, or the options inside its body, that declares `state`. */
export function lifecycleSource(element: Element, state: Lifecycle, sunset?: string): string {
  const options = lifecycleOptions(element, state, sunset);
  if (element.kind === "field") return fieldSource(element, options);
  if (element.kind === "enum-value") return valueSource(element, options);
  if (element.kind === "method") return methodSource(element, options);
  return options.map((option) => `option ${option};`).join(" ");
}

function ownOptions(element: Element): readonly string[] {
  const { source, state, terms } = element.lifecycle;
  return source === "own" ? lifecycleOptions(element, state, terms.sunset) : [];
}

/** With the terms that the element has; what is DEPRECATED says so to every other language as well. */
function lifecycleOptions(element: Element, state: Lifecycle, sunset: string | undefined): readonly string[] {
  const prefix = optionPrefix(element);
  const marked = state === "DEPRECATED" ? ["deprecated = true"] : [];
  const declared = [...marked, `(${prefix}_lifecycle) = ${state}`];
  // Files have no terms.
  if (element.kind === "file") return declared;
  const terms = termsSource({ ...element.lifecycle.terms, ...(sunset === undefined ? {} : { sunset }) });
  if (terms.length === 0) return declared;
  const [only] = terms;
  return terms.length === 1
    ? [...declared, `(${prefix}_terms).${only!.name} = ${only!.text}`]
    : [...declared, `(${prefix}_terms) = {${terms.map(({ name, text }) => `${name}: ${text}`).join(" ")}}`];
}

function termsSource(terms: Terms): readonly { readonly name: string; readonly text: string }[] {
  return termNames.flatMap(([key, name]) => {
    const text = terms[key];
    return text === undefined ? [] : [{ name, text: JSON.stringify(text) }];
  });
}

const termNames = [
  ["since", "since"],
  ["sunset", "sunset"],
  ["reason", "reason"],
  ["replacedBy", "replaced_by"],
  ["was", "was"],
  ["bridgeDefault", "bridge_default"],
  ["introducedIn", "introduced_in"],
] as const satisfies readonly (readonly [keyof Terms, string])[];

/** The statements that keep a number and its names from being used again. */
export function reservedSource(left: Field | EnumValue, names: readonly string[]): string {
  const list = names.map((name) => reservedName(name, left)).join(", ");
  return `reserved ${left.number}; reserved ${list};`;
}

/** Editions take the name itself where proto2 and proto3 take a string. */
export function reservedName(name: string, near: Element): string {
  return fileOf(near).syntax === "editions" ? name : `"${name}"`;
}

/** A field number that `message` has not used, reserved or given to extensions. */
export function freeNumber(message: Message): number {
  const taken = [
    ...message.fields.map(({ number }) => ({ start: number, end: number })),
    ...message.reservedRanges,
    ...message.extensionRanges,
    { start: 19_000, end: 19_999 }, // protobuf's own
  ];
  let number = Math.max(0, ...message.fields.map((field) => field.number)) + 1;
  for (const { start, end } of taken.sort((a, b) => a.start - b.start))
    if (start <= number && number <= end) number = end + 1;
  return number;
}

/** Inside packages with a component `proto4`, that name alone would mean the component. */
function optionPrefix(element: Element): string {
  const dot = fileOf(element).package.split(".").includes("proto4") ? "." : "";
  return `${dot}proto4.${element.kind.replace("-", "_")}`;
}

function labelOf(field: Field): string {
  if (field.cardinality === "repeated" || field.cardinality === "required") return `${field.cardinality} `;
  if (field.cardinality !== "explicit" || field.oneof !== undefined) return "";
  const { syntax } = fileOf(field);
  return syntax === "proto2" || (syntax === "proto3" && field.type !== "message") ? "optional " : "";
}

function typeSource(field: Field): string {
  const { cardinality, parent, type, typeName } = field;
  if (cardinality === "map" && parent.kind === "message") {
    const [key, value] = parent.messages.find(({ fullName }) => fullName === typeName)?.fields ?? [];
    if (key !== undefined && value !== undefined) return `map<${key.type}, ${typeSource(value)}>`;
  }
  return typeName === undefined ? type : nameFrom(field, typeName);
}

/** A full name as it can be written inside the package. */
function nameFrom(element: Element, fullName: string): string {
  const scope = fileOf(element).package;
  return scope !== "" && fullName.startsWith(`${scope}.`) ? fullName.slice(scope.length + 1) : fullName;
}

function brackets(options: readonly string[]): string {
  return options.length === 0 ? "" : ` [${options.join(", ")}]`;
}

/** @see https://protobuf.dev/programming-guides/json/#field-representation */
function defaultJsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** A value beside another of its number, with the option that an enum without aliases needs for it. */
export function aliasSource(declared: Enum, value: EnumValue): string {
  return declared.allowAlias ? valueSource(value) : `option allow_alias = true; ${valueSource(value)}`;
}
