import { type DescMessage, fromBinary, type Message, toBinary, type UnknownField } from "@bufbuild/protobuf";
import {
  isReflectMessage,
  type ReflectList,
  type ReflectMap,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import { WireError, WireReader } from "../wire/index.js";
import type { Lost } from "./context.js";
import { elementHash, typeHash } from "./detach-stash.js";
import { type EnvelopeItem, readEnvelope } from "./envelope.js";
import type { Translated } from "./translator.js";

/**
 * Puts back into a message what `detachStash` took out of it, or out of one that held it. Who read a response
 * and writes what was in it back need not send the same message: the request may hold what the response was or
 * held, one level deeper or higher.
 * @param schema the stub of the message
 * @returns the message; what belongs to parts that are not there any more, or to elements of lists that changed,
 * is lost
 */
export function attachStash(schema: DescMessage, bytes: Uint8Array, stash: Uint8Array): Translated {
  const message = fromBinary(schema, bytes);
  const lost = attachTo(schema, message, stash);
  return { value: toBinary(schema, message), lost };
}

/** As `attachStash`, to a decoded message in place. @returns what was lost */
export function attachTo(schema: DescMessage, message: Message, stash: Uint8Array): readonly Lost[] {
  const root = reflect(schema, message);
  try {
    // All places are found before the first changes.
    const found = readEnvelope(stash).map((item) => ({
      item,
      owner: findOwner(root, item),
      unknown: parse(item),
    }));
    return found.flatMap(({ item, owner, unknown }) => {
      const passing = unknown.filter(({ no }) => owner?.desc.fields.every(({ number }) => number !== no));
      owner?.setUnknown([...(owner.getUnknown() ?? []), ...passing]);
      // Of a field that the stub has come to know the message speaks itself.
      const isWhole = owner !== undefined && passing.length === unknown.length;
      return isWhole ? [] : [{ path: item.path.join("."), reason: "edited" }];
    });
  } catch (error) {
    if (error instanceof WireError) return [{ path: "", reason: "malformed" }];
    throw error;
  }
}

function parse({ fragment }: EnvelopeItem): readonly UnknownField[] {
  const fields: UnknownField[] = [];
  const reader = new WireReader(fragment);
  while (!reader.done) {
    const tag = reader.tag();
    const start = reader.pos;
    reader.skip(tag);
    fields.push({ no: tag >>> 3, wireType: tag & 7, data: fragment.slice(start, reader.pos) });
  }
  return fields;
}

/** The first of these that leads somewhere decides, and nothing does where several lead somewhere. */
function findOwner(root: ReflectMessage, item: EnvelopeItem): ReflectMessage | undefined {
  const { path } = item;
  const below = root.fields.flatMap(({ fieldKind, name }) => (fieldKind === "message" ? [name] : []));
  const attempts = [
    [path],
    path.length > 0 ? [path.slice(1)] : [],
    below.map((name) => [name, ...path]),
    path.length > 0 ? below.map((name) => [name, ...path.slice(1)]) : [],
  ];
  for (const paths of attempts) {
    const owners = paths.flatMap((each) => follow(root, each, item) ?? []);
    if (owners.length > 0) return owners.length === 1 ? owners[0] : undefined;
  }
  return undefined;
}

function follow(
  root: ReflectMessage,
  path: readonly string[],
  item: EnvelopeItem,
): ReflectMessage | undefined {
  let message: ReflectMessage = root;
  let element: ReflectMessage | undefined;
  for (let i = 0; i < path.length; i++) {
    const field = message.fields.find(({ name }) => name === path[i]);
    if (field === undefined || !message.isSet(field)) return undefined;
    const { fieldKind } = field;
    if (fieldKind !== "message" && fieldKind !== "list" && fieldKind !== "map") return undefined;
    const inside = fieldKind === "message" ? message.get(field) : valueAt(message.get(field), path[++i]);
    if (!isReflectMessage(inside)) return undefined;
    if (fieldKind === "list") element ??= inside;
    message = inside;
  }
  if (typeHash(message.desc) !== item.entry) return undefined;
  return element === undefined || elementHash(element) === item.projection ? message : undefined;
}

/** Of a list or a map, whose keys may be numbers. */
function valueAt(values: ReflectList | ReflectMap, key: string | undefined): unknown {
  if ("add" in values) return values.get(Number(key));
  for (const [name, value] of values) if (String(name) === key) return value;
  return undefined;
}
