import { encode, repeated } from "./encode.js";
import { failureRule, type PluginRule, pluginCategories, pluginRules } from "./plugin-rules.js";

/** The procedures, and the arguments by which buf asks for each. @see https://github.com/pluginrpc/pluginrpc */
export const procedures = [
  { path: "/buf.plugin.check.v1.CheckService/Check", args: ["check"] },
  { path: "/buf.plugin.check.v1.CheckService/ListRules", args: ["list-rules"] },
  { path: "/buf.plugin.check.v1.CheckService/ListCategories", args: ["list-categories"] },
] as const;

/** The version of the protocol, as `--protocol` prints it. */
export const protocol: Uint8Array = Buffer.from("1\n");

/** `pluginrpc.v1.Spec` */
export function spec(): Uint8Array {
  return encode(
    ...repeated(
      1,
      procedures.map(({ path, args }) => encode([1, path], ...repeated(2, args))),
    ),
  );
}

/** `pluginrpc.v1.Response` that holds all rules: buf's pages are longer. */
export function ruleList(): Uint8Array {
  return response("ListRulesResponse", encode(...repeated(2, pluginRules.map(encodeRule))));
}

/** `pluginrpc.v1.Response` */
export function categoryList(): Uint8Array {
  const categories = pluginCategories.map(({ id, purpose }) => encode([1, id], [2, purpose]));
  return response("ListCategoriesResponse", encode(...repeated(2, categories)));
}

/** A `pluginrpc.v1.Response` with a message of the check service. */
export function response(type: string, message: Uint8Array): Uint8Array {
  return encode([1, encode([1, typeUrl(type)], [2, message])]);
}

export function typeUrl(type: string): string {
  return `type.googleapis.com/buf.plugin.check.v1.${type}`;
}

/**
 * Whatever keeps proto4 from judging is an annotation: after an error or another exit code, buf shows none of its
 * own findings.
 */
export function failureNote(message: string, fileLocation?: Uint8Array): Uint8Array {
  return encode([1, failureRule.id], [2, message], [3, fileLocation]);
}

/** What never changes, by the name of the file that a shim prints it from before Node has started. */
export function constantFiles(): Readonly<Record<string, Uint8Array>> {
  return {
    protocol,
    spec: spec(),
    "list-rules": ruleList(),
    "list-categories": categoryList(),
    failed: response("CheckResponse", encode([1, failureNote(notStarted)])),
  };
}

const notStarted =
  "proto4 has judged nothing: Node did not start, or was ended; see what it has printed, and that " +
  "node -v says 20 or more where buf runs";

/** buf takes purposes for sentences of no more than 256 characters, and a rule without a type for a mistake. */
function encodeRule({ id, categories, isDefault, purpose, type }: PluginRule): Uint8Array {
  return encode(
    [1, id],
    ...repeated(2, categories),
    [3, isDefault],
    [4, purpose],
    [5, type === "lint" ? 1 : 2],
  );
}
