import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import type { FieldDescription, LaneDescription } from "../runtime/index.js";
import { printLiteral } from "./print-literal.js";

/** What a lane is printed with. */
export interface LaneScope {
  /** The constant's name, and what its helpers' names begin with. */
  readonly name: string;
  /** The message and its way, for the comment. */
  readonly title: string;
  /** The plan that holds the shapes of its values. */
  readonly plan: Printable;
  /** The declaration of a field on both sides. */
  readonly lineOf: (field: FieldDescription) => string;
  /** The lane of a message inside. */
  readonly laneOf: (v3: string) => Printable;
}

/**
 * What the table says about the fields of a message, one way, as code: a switch over tags. A bundler keeps it
 * where the translator is kept.
 */
export function printLane(f: GeneratedFile, description: LaneDescription, scope: LaneScope): void {
  const { name, title } = scope;
  const lane = f.import("lane", "proto4/runtime");
  const constants = printConstants(f, description, scope, lane);
  const usesSeen = [...description.fields, ...description.injected].some(({ bit }) => bit !== 0);
  const aside = description.fields.some(({ operation, isNarrow }) => operation === "stash" || isNarrow);
  f.print(f.jsDoc(`What is ordinary in ${title}, field by field; the rest is for the plan.`));
  f.print(
    ...[f.export("const", name), ": ", lane, ".PrintedLane = (context, source, from, end, depth) => {"],
  );
  f.print("  const { out } = context;");
  if (aside) f.print("  const height = ", lane, ".mark();");
  f.print("  let run = from;");
  if (usesSeen) f.print("  let seen = 0;");
  f.print("  for (let pos = from; pos < end; ) {");
  f.print("    const start = pos;");
  f.print("    const tag = ", lane, ".next(source, start, end);");
  f.print("    pos = ", lane, ".at.end;");
  f.print("    switch (tag) {");
  for (const field of description.fields) {
    f.print(`      // ${scope.lineOf(field)}`);
    for (const tag of field.tags) f.print(`      case ${tag}:`);
    for (const line of caseOf(field, { lane, scope, constant: constants.get(field.number) }))
      f.print("        ", ...line);
    f.print("        break;");
  }
  f.print("      default:");
  f.print("        return false;");
  f.print("    }");
  f.print("  }");
  f.print("  ", lane, ".copy(out, source, run, end);");
  for (const [index, { bit }] of description.injected.entries()) {
    const when = bit === 0 ? "" : `if ((seen & ${bit}) === 0) `;
    f.print(`  ${when}out.raw(${name}_${index});`);
  }
  if (aside && description.isMapEntry) f.print("  ", lane, ".dropAside(height);");
  else if (aside)
    f.print(
      ...["  ", lane, ".writeAside(context, source, height, "],
      `${hex(description.digestHigh)}, ${hex(description.digestLow)});`,
    );
  f.print("  return true;");
  f.print("};");
  f.print();
}

/** What cases need that does not change. @returns its names, by field number */
function printConstants(
  f: GeneratedFile,
  { fields, injected }: LaneDescription,
  { name, plan }: LaneScope,
  lane: Printable,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const print = (constant: string, ...value: readonly Printable[]) =>
    f.print("const ", constant, " = /* @__PURE__ */ ", ...value, ";");
  for (const field of fields) {
    const constant = `${name}_of_${field.number}`;
    if (field.operation === "enum") {
      const closed = (field.closed ?? []).map((numbers) => `, ${printLiteral(numbers ?? null)}`);
      const given = field.closed?.some((numbers) => numbers !== undefined) ? closed.join("") : "";
      print(
        constant,
        lane,
        `.numbers(${printLiteral(field.changed)}${given.replaceAll("null", "undefined")})`,
      );
    } else if (field.operation === "blob")
      print(constant, lane, ".holding(() => ", plan, ", ", f.string(field.message!), ")");
    else if (field.operation === "elide")
      print(constant, lane, ".expected(() => ", plan, `, ${printLiteral(field.field)})`);
    else continue;
    names.set(field.number, constant);
    if (field.elided !== undefined) print(`${constant}_left_out`, bytesOf(field.elided));
  }
  for (const [index, { bytes }] of injected.entries()) print(`${name}_${index}`, bytesOf(bytes));
  if (names.size > 0 || injected.length > 0) f.print();
  return names;
}

interface CaseScope {
  readonly lane: Printable;
  readonly scope: LaneScope;
  readonly constant: string | undefined;
}

type Line = readonly Printable[];

function caseOf(field: FieldDescription, { lane, scope, constant = "" }: CaseScope): readonly Line[] {
  const { bit, clash, least, there, tags } = field;
  const [first = 0] = tags;
  const tag = tags.length === 1 ? `${((there << 3) | (first & 7)) >>> 0}` : `${there << 3} | (tag & 7)`;
  const moved = there !== field.number;
  const guard: Line[] = [
    ...(clash === 0 ? [] : [[`if ((seen & ${clash}) !== 0) return false;`]]),
    ...(bit === 0 ? [] : [[`seen |= ${bit};`]]),
  ];
  const unless = (call: string): Line => ["if (!", lane, `.${call}) return false;`];
  const retag: readonly Line[] = [
    [lane, `.retag(out, source, run, start, ${tag});`],
    ["run = ", lane, ".at.content;"],
  ];
  switch (field.operation) {
    case "copy":
      return guard;
    case "renumber":
      return [...guard, ...retag];
    case "signed":
      return [...guard, ...numberCase(field, "Signed", tag, lane, retag)];
    case "unsigned":
      return [...guard, ...numberCase(field, "Unsigned", tag, lane, retag)];
    case "signed-list":
      return [...guard, unless("areSigned32(source)"), ...(moved ? retag : [])];
    case "unsigned-list":
      return [...guard, unless("areUnsigned32(source)"), ...(moved ? retag : [])];
    case "enum":
      return [
        ...guard,
        unless(`change(out, source, run, start, ${tag}, ${constant}, ${least})`),
        ["run = pos;"],
      ];
    case "blob":
      return [
        ...guard,
        unless(`holds(${constant}, source, ${least}, depth)`),
        [lane, `.retype(out, source, run, start, ${tag});`],
        ["run = ", lane, ".at.body;"],
      ];
    case "nested": {
      const inside = scope.laneOf(field.inside!);
      const call: Line = [".carry(context, source, run, start, ", tag, ", ", inside, ", depth)"];
      return [...guard, ["if (!", lane, ...call, ") return false;"], ["run = pos;"]];
    }
    case "elide":
      return [
        ...guard,
        unless(`isAsExpected(${constant}, source, tag, depth)`),
        ["if (", lane, `.isJust(${constant}_left_out, source, start)) {`],
        ["  ", lane, ".copy(out, source, run, start);"],
        ["  run = pos;"],
        ["}"],
      ];
    case "stash":
      return [[lane, ".setAside(out, source, run, start);"], ["run = pos;"]];
  }
}

/** A number that fits is copied; one that does not is cut and set aside, on the way to fewer bits. */
function numberCase(
  { isNarrow, least, number, there, digestHigh, digestLow }: FieldDescription,
  kind: "Signed" | "Unsigned",
  tag: string,
  lane: Printable,
  retag: readonly Line[],
): readonly Line[] {
  const fits: Line = [lane, `.is${kind}32(source, ${least})`];
  const moved = there !== number;
  if (!isNarrow) return [["if (!", ...fits, ") return false;"], ...(moved ? retag : [])];
  const digest = `${hex(digestHigh)}, ${hex(digestLow)}`;
  return [
    ["if (!", ...fits, ") {"],
    ["  if (!", lane, `.cut${kind}(out, source, run, start, ${tag}, ${least}, ${digest})) return false;`],
    ["  run = pos;"],
    ...(moved ? [["} else {"], ...retag.map((line) => ["  ", ...line])] : []),
    ["}"],
  ];
}

function bytesOf(bytes: Uint8Array): string {
  return `Uint8Array.of(${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")})`;
}

function hex(half: number): string {
  return `0x${(half >>> 0).toString(16).padStart(8, "0")}`;
}
