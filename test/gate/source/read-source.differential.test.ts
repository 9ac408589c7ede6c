import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Declaration, Source } from "../../../src/gate/source/declaration.js";
import { type Declared, declaredNames, namesIn } from "../../../src/gate/source/declared-names.js";
import { readReserved } from "../../../src/gate/source/read-reserved.js";
import { readSource } from "../../../src/gate/source/read-source.js";
import { textOf } from "../../../src/gate/source/span.js";
import { loadImage } from "../../../src/image/index.js";
import {
  buildSchema,
  type Element,
  elementsOf,
  type Field,
  fileOf,
  locate,
  type Method,
  type SchemaFile,
} from "../../../src/schema/index.js";
import { root } from "../../setup/source-files.js";

/** What Google publishes: hundreds of files that nobody here wrote, among them two editions. */
const google = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));
const parts = ["google/devtools", "google/cloud/dialogflow"];
const odd = ["google/protobuf/descriptor.proto", "google/protobuf/type.proto"];

const contract = mkdtempSync(join(tmpdir(), "proto4-source-"));
afterAll(() => rmSync(contract, { recursive: true, force: true }));

/** proto2, proto3 and an edition, beside the options that they import. */
function contractFolder(): string {
  cpSync(join(root, "test/schema/contract"), contract, { recursive: true });
  cpSync(join(root, "proto/proto4/options.proto"), join(contract, "proto4/options.proto"));
  return contract;
}

interface Pair {
  readonly file: SchemaFile;
  readonly source: Source;
  readonly names: ReadonlyMap<string, Declared>;
}

describe.each([
  ["Google's APIs", () => google, { paths: [...parts, ...odd] }],
  ["a contract with every construct", contractFolder, {}],
] as const)("what buf compiles of %s is read as it compiles it", (_, folderOf, options) => {
  let pairs: readonly Pair[] = [];

  beforeAll(async () => {
    const folder = folderOf();
    const image = await loadImage(".", { cwd: folder, ...options });
    const files = [...buildSchema(image.files).files.values()].filter(({ isImport }) => !isImport);
    pairs = files.map((file) => {
      const source = readSource(readFileSync(join(folder, file.fullName), "utf8"));
      return { file, source, names: declaredNames(source) };
    });
  }, 60_000);

  const each = (say: (pair: Pair) => readonly string[]) => pairs.flatMap(say);
  const eachElement = (say: (element: Named, declared: Declared, source: Source) => boolean) =>
    each(({ file, source, names }) =>
      [...elementsOf(file)].filter(isWritten).flatMap((element) => {
        const declared = names.get(element.fullName);
        return declared === undefined || say(element, declared, source) ? [] : [element.fullName];
      }),
    );

  test("there is something to compare", () => {
    expect(pairs.length).toBeGreaterThan(4);
  });

  test("the same names are declared, of the same kinds", () => {
    expect(
      each(({ file, names }) =>
        [...elementsOf(file)]
          .filter(isWritten)
          .map(nameOf)
          .filter((name) => !names.has(name)),
      ),
    ).toEqual([]);
    expect(
      each(({ file, source }) => {
        const known = new Set([...elementsOf(file)].map(nameOf));
        return namesIn(source.file.children).filter((name) => !known.has(name));
      }),
    ).toEqual([]);
    expect(
      eachElement((element, { declaration, isGroupMessage }) => {
        if (declaration.kind === "group") return element.kind === (isGroupMessage ? "message" : "field");
        return element.kind === declaration.kind;
      }),
    ).toEqual([]);
  });

  test("packages and editions are the same", () => {
    expect(each(({ file, source }) => (file.package === source.package ? [] : [file.fullName]))).toEqual([]);
    expect(
      each(({ file, source }) => ((file.syntax === "editions") === source.isEdition ? [] : [file.fullName])),
    ).toEqual([]);
  });

  test("statements begin and end where buf says", () => {
    expect(
      eachElement((element, { declaration }, source) => {
        const at = locate(element)!;
        return (
          offsetOf(source.text, at.startLine, at.startColumn) === declaration.start &&
          offsetOf(source.text, at.endLine, at.endColumn) === declaration.end
        );
      }),
    ).toEqual([]);
  });

  test("numbers and types are the same", () => {
    const numbered = eachElement(
      (element, { declaration }, { text }) =>
        (element.kind !== "field" && element.kind !== "enum-value") ||
        Number(textOf(text, declaration.number!).replace(/\s/g, "")) === element.number,
    );
    expect(numbered).toEqual([]);
    expect(
      eachElement(
        (element, { declaration }, source) =>
          element.kind !== "field" || isTyped(element, declaration, source),
      ),
    ).toEqual([]);
    expect(
      eachElement(
        (element, { declaration }, source) =>
          element.kind !== "method" || isCall(element, declaration, source),
      ),
    ).toEqual([]);
  });

  test("the same numbers and names are reserved", () => {
    expect(
      eachElement((element, { declaration }) => {
        if (element.kind !== "message" && element.kind !== "enum") return true;
        const items = readReserved(declaration).flatMap(({ items }) => items);
        const most = element.kind === "enum" ? 2147483647 : 536870911;
        const ranges = items.flatMap(({ range }) =>
          range ? [{ ...range, end: Math.min(range.end, most) }] : [],
        );
        expect(items.flatMap(({ name }) => name ?? [])).toEqual(element.reservedNames);
        expect(ranges).toEqual(element.reservedRanges);
        return true;
      }),
    ).toEqual([]);
  });

  test("nothing of a file is lost, and statements lie within each other in order", () => {
    expect(each(({ source }) => [...overlaps(source.file), ...lostIn(source)])).toEqual([]);
  });

  test("comments above are the same", () => {
    expect(
      eachElement((element, { declaration }, { text }) => {
        const { sourceInfo } = fileOf(element);
        const said = bare(sourceInfo.leadingComment(element.path) ?? "");
        const above = bare(text.slice(declaration.whole.start, declaration.start));
        return said === "" ? above === "" : above.endsWith(said);
      }),
    ).toEqual([]);
  });
});

/** Statements that do not lie between those before and behind, or not in their home. */
function overlaps(home: Declaration): readonly string[] {
  let at = home.body?.start ?? 0;
  const wrong = home.children.filter(({ whole, start, end }) => {
    const isRight = at <= whole.start && whole.start <= start && start < end && end <= whole.end;
    at = whole.end;
    return !isRight;
  });
  const last = at <= (home.body?.end ?? at) ? [] : [`the last of ${home.fullName}`];
  return [
    ...wrong.map(({ fullName, kind }) => `${kind} ${fullName}`),
    ...last,
    ...home.children.flatMap(overlaps),
  ];
}

/** What stands between the tokens, if it is not blank. */
function lostIn({ text, tokens }: Source): readonly string[] {
  const ends = [0, ...tokens.map(({ end }) => end)];
  const starts = [...tokens.map(({ start }) => start), text.length];
  return ends.map((end, index) => text.slice(end, starts[index]).trim()).filter((blank) => blank !== "");
}

/** Without what makes it a comment. */
function bare(comment: string): string {
  return comment.replace(/[\s/*]/g, "");
}

type Named = Exclude<Element, SchemaFile>;

/** Entries of maps, and what belongs to them, are the compiler's. */
function isWritten(element: Named): boolean {
  const { parent } = element;
  const isEntry = (each: { readonly kind: string }) => "mapEntry" in each && each.mapEntry === true;
  return !isEntry(element) && !isEntry(parent);
}

function nameOf({ fullName }: Named): string {
  return fullName;
}

/** buf counts columns in signs of Unicode's code points. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf("\n", start) + 1;
  return start + [...text.slice(start, start + 2 * column)].slice(0, column - 1).join("").length;
}

function isTyped(field: Field, { type, kind }: Declaration, { text }: Source): boolean {
  const source = textOf(text, type!).replace(/^(optional|required|repeated)\s+/, "");
  if (kind === "group") return field.type === "group";
  if (field.cardinality === "map") return /^map\s*<.*>$/s.test(source);
  if (field.typeName === undefined) return source === field.type;
  return `.${field.typeName}`.endsWith(`.${source.replace(/^\./, "")}`);
}

function isCall(
  { input, output, clientStreaming, serverStreaming }: Method,
  declaration: Declaration,
  { text }: Source,
): boolean {
  const is = (part: string, name: string, isStream: boolean) =>
    part.startsWith("stream ") === isStream &&
    `.${name}`.endsWith(`.${part.replace(/^stream\s+/, "").replace(/^\./, "")}`);
  return (
    is(textOf(text, declaration.input!), input, clientStreaming) &&
    is(textOf(text, declaration.output!), output, serverStreaming)
  );
}
