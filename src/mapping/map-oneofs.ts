import type { Enum, Field, Message, Oneof } from "../schema/index.js";
import { copy } from "./convert-value.js";
import type { FieldContext } from "./field-context.js";
import type { PairedFields } from "./field-pair.js";
import { requireConversion } from "./map-field.js";
import { checkDeclared } from "./map-only.js";
import type { Member, OneofEntry } from "./mapping.js";
import { unsupported } from "./refuse.js";

/**
 * The oneofs of which the generations have different members, each with all that its members reach: fields that
 * went in or out, and the other oneofs that they came from or went to. Members that only one generation has stay
 * there: after the other one set a member, nobody could tell which was set last.
 * @throws Proto4Error "mapping-ambiguous", "mapping-loss", "mapping-unsupported"
 */
export function mapOneofs(
  v4: Message,
  pairs: readonly PairedFields[],
  context: FieldContext,
): readonly OneofEntry[] {
  const entries: OneofEntry[] = [];
  const seen = new Set<PairedFields>();
  for (const pair of pairs) {
    if (seen.has(pair) || (pair.v3.oneof === undefined && pair.v4.oneof === undefined)) continue;
    const cluster = connect(pair, pairs);
    for (const member of cluster.pairs) seen.add(member);
    if (isUnchanged(cluster, context)) continue;
    const members = context.problems.attempt(() => membersOf(v4, cluster, context));
    entries.push({ kind: "oneof", members: members ?? failed(cluster), loss: "PRISM" });
  }
  return entries;
}

/** Oneofs that have members in common, and the pairs that concern them. */
interface Cluster {
  readonly oneofs: ReadonlySet<Oneof>;
  readonly pairs: ReadonlySet<PairedFields>;
}

function connect(first: PairedFields, all: readonly PairedFields[]): Cluster {
  const oneofs = new Set<Oneof>();
  const pairs = new Set([first]);
  for (const pair of pairs)
    for (const { oneof } of [pair.v3, pair.v4]) {
      if (oneof === undefined || oneofs.has(oneof)) continue;
      oneofs.add(oneof);
      for (const other of all) if (other.v3.oneof === oneof || other.v4.oneof === oneof) pairs.add(other);
    }
  return { oneofs, pairs: new Set(all.filter((pair) => pairs.has(pair))) };
}

/** A member of a closed enum may be an unknown field to one side alone: then they find different members set. */
function isUnchanged({ oneofs, pairs }: Cluster, { pairing }: FieldContext): boolean {
  const all = [...pairs];
  const count = [...oneofs].reduce((sum, { fields }) => sum + fields.length, 0);
  if (oneofs.size !== 2 || all.some(({ v3, v4 }) => !v3.oneof || !v4.oneof)) return false;
  if (count !== 2 * all.length) return false;
  return all.every(({ v3, v4 }) => {
    const [elder, newer] = [v3, v4].map(({ typeName }) => pairing.schema.declared.get(typeName ?? ""));
    return sameNumbers(
      elder?.kind === "enum" ? elder : undefined,
      newer?.kind === "enum" ? newer : undefined,
    );
  });
}

function sameNumbers(elder: Enum | undefined, newer: Enum | undefined): boolean {
  const [here, there] = [elder, newer].map((one) =>
    one?.closed === true ? [...new Set(one.values.map(({ number }) => number))].sort().join() : "",
  );
  return here === there;
}

function membersOf(v4: Message, { oneofs, pairs }: Cluster, context: FieldContext): readonly Member[] {
  const paired = new Set([...pairs].flatMap((pair) => [pair.v3, pair.v4]));
  const alone = [...oneofs].flatMap(({ fields }) => fields).filter((field) => !paired.has(field));
  return [
    ...[...pairs].map((pair) => {
      checkMember(pair.v4);
      return { ...pair, conversion: requireConversion(pair, context) };
    }),
    ...alone.map((field): Member => {
      if (field.parent === v4) return { v4: field, conversion: { kind: "copy" } };
      checkDeclared(field, v4);
      return { v3: field, conversion: { kind: "copy" } };
    }),
  ];
}

/** Keeps the fields together, so that nothing else is said of them. */
function failed({ oneofs, pairs }: Cluster): readonly Member[] {
  const alone = [...oneofs].flatMap(({ fields }) => fields);
  return [
    ...[...pairs].map((pair) => ({ ...pair, conversion: copy })),
    ...alone.map((field) => ({ v3: field, v4: field, conversion: copy })),
  ];
}

function checkMember(field: Field): void {
  if (field.lifecycle.terms.bridgeDefault === undefined) return;
  throw unsupported(
    field,
    `${field.fullName} has a bridge_default, and is or was in a oneof`,
    "leave it out: where no member is set, none is",
  );
}
