import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type ErrorLocation, Proto4Error } from "../../diagnostics/index.js";
import type { YamlNode } from "./yaml-node.js";

/**
 * Reads YAML, of which JSON is a part.
 * @param path what to call the text in errors
 * @throws Proto4Error "config-invalid" where the text is not YAML, or nests without end
 */
export function parseYaml(source: string, path: string): YamlNode {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): ErrorLocation => {
    const { line, col } = lines.linePos(offset);
    return { path, startLine: line, startColumn: col };
  };
  const [error] = document.errors;
  if (error !== undefined) throw malformed(error.message, place(error.pos[0]));

  let count = 0;
  const placeOf = (node: unknown): ErrorLocation => place((node as Node | null)?.range?.[0] ?? 0);
  const convert = (node: unknown, depth: number): YamlNode => {
    const at = placeOf(node);
    if (depth > DEEPEST || ++count > MOST)
      throw malformed("it nests too deep, or holds itself too often", at);
    if (isAlias(node)) return { ...convert(node.resolve(document) ?? null, depth + 1), at };
    if (isSeq(node)) return { at, value: node.items.map((item) => convert(item, depth + 1)) };
    if (isMap(node))
      return {
        at,
        value: new Map(
          node.items.map(({ key, value }) => [
            String(key),
            { ...convert(value, depth + 1), keyAt: placeOf(key) },
          ]),
        ),
      };
    return { at, value: toScalar(isScalar(node) ? node.value : null) };
  };
  return convert(document.contents, 0);
}

/** No configuration of buf's nests half as deep, or is a tenth as large: the bounds end what aliases make of little. */
const DEEPEST = 20;
const MOST = 50_000;

function toScalar(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : String(value);
}

function malformed(what: string, location: ErrorLocation): Proto4Error {
  return new Proto4Error("config-invalid", `this is not YAML: ${what}`, { location });
}
