/** A version of a message with one field, or of what is left of it. */
export interface Version {
  readonly name: string;
  readonly source: string;
  /** `undefined` where the field is gone. */
  readonly field: FieldVersion | undefined;
  /** Whether number and name are reserved where it is gone. */
  readonly reserved: boolean;
}

interface FieldVersion {
  /** What is declared of it, or of the message around it. */
  readonly state: State | undefined;
  readonly sunset: string | undefined;
  readonly type: string;
}

type State = "EXPERIMENTAL" | "STABLE" | "FROZEN" | "DEPRECATED";

/** What judges changes. */
export interface Model {
  readonly days: readonly string[];
  readonly mayFollow: (from: Version, to: Version, day: string) => boolean;
}

const sunsets = [undefined, "2026-04-15", "2026-11-15"];
const types = ["int32", "int64", "string"];
const states: readonly (State | undefined)[] = [undefined, "EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"];

/** What the message around the field declares. */
interface Around {
  readonly state: State | undefined;
  readonly sunset: string | undefined;
}

/** Every version that there is: in a message that promises nothing, in a FROZEN one, and in one on its way out. */
export const versions: readonly Version[] = [
  ...[undefined, "FROZEN" as const].flatMap((state) =>
    versionsIn({ state, sunset: undefined }, states, types),
  ),
  ...sunsets
    .slice(1)
    .flatMap((sunset) => versionsIn({ state: "DEPRECATED", sunset }, [undefined, "DEPRECATED"], ["int32"])),
];

function versionsIn(
  around: Around,
  own: readonly (State | undefined)[],
  among: readonly string[],
): readonly Version[] {
  const there = own.flatMap((state) =>
    sunsetsBeside(state, around).flatMap((sunset) =>
      among.map((type) => fieldVersion(around, state, sunset, type)),
    ),
  );
  const gone = ["", 'reserved 1; reserved "a";'].map((body) => ({
    name: `gone ${body}`,
    source: messageSource(around, body),
    field: undefined,
    reserved: body !== "",
  }));
  return [...there, ...gone];
}

/** Also one beside no state, which is nobody's, in what is on its way out. */
function sunsetsBeside(state: State | undefined, around: Around): readonly (string | undefined)[] {
  if (state === "EXPERIMENTAL") return [undefined];
  if (state === undefined) return around.state === "DEPRECATED" ? sunsets.slice(0, 2) : [undefined];
  return sunsets;
}

function fieldVersion(
  around: Around,
  own: State | undefined,
  sunset: string | undefined,
  type: string,
): Version {
  const name = [own ?? "undeclared", sunset, type, around.state && `in ${around.state} ${around.sunset}`];
  return {
    name: name.filter(Boolean).join(" "),
    source: messageSource(around, fieldSource(own, sunset, type)),
    field: { state: own ?? around.state, sunset: own === undefined ? around.sunset : sunset, type },
    reserved: false,
  };
}

function messageSource({ state, sunset }: Around, body: string): string {
  const option = [
    ...(state === undefined ? [] : [`option (proto4.message_lifecycle) = ${state};`]),
    ...(sunset === undefined ? [] : [`option (proto4.message_terms).sunset = "${sunset}";`]),
  ];
  return `message M { ${option.join(" ")} ${body} }`;
}

function fieldSource(own: State | undefined, sunset: string | undefined, type: string): string {
  const options = [
    ...(own === "DEPRECATED" ? ["deprecated = true"] : []),
    ...(own === undefined ? [] : [`(proto4.field_lifecycle) = ${own}`]),
    ...(sunset === undefined ? [] : [`(proto4.field_terms).sunset = "${sunset}"`]),
  ];
  return `${type} a = 1${options.length === 0 ? "" : ` [${options.join(", ")}]`};`;
}

/** What people were told along the way. */
interface Promised {
  /** `undefined` as long as nobody declared anything. */
  readonly state: State | undefined;
  /** The type that they read. */
  readonly type: string;
  /** The last day that was ever announced. */
  readonly until: string;
  /** The first day on which it may be gone by what was announced, and when. */
  readonly from: string;
  /** Whether it has left. */
  readonly left: boolean;
  /** Whether its number is taken for ever, because something that was declared has left it. */
  readonly retired: boolean;
}

const NOTICE = 90;

/**
 * Follows every sequence of versions that passes.
 * @returns sequences that break a promise, and what came about
 */
export function walk(model: Model, depth: number) {
  const seen = new Set<string>();
  const broken: string[] = [];
  const known = new Set<string>();
  let front = versions.map((version) => ({ version, day: 0, promised: first(version), way: [version.name] }));
  for (let step = 0; step < depth && broken.length === 0; step++) {
    const next: typeof front = [];
    for (const { version, day, promised, way } of front)
      for (let later = day; later < model.days.length; later++)
        for (const to of versions) {
          const today = model.days[later]!;
          if (to === version || !model.mayFollow(version, to, today)) continue;
          const wrong = whyBroken(promised, to, today);
          const path = [...way, `${today}: ${to.name}`];
          if (wrong !== undefined) broken.push(`${wrong}: ${path.join(" → ")}`);
          const after = follow(promised, to, today);
          for (const fact of factsOf(promised, after, to)) seen.add(fact);
          const key = JSON.stringify([versions.indexOf(to), later, after]);
          if (known.has(key)) continue;
          known.add(key);
          next.push({ version: to, day: later, promised: after, way: path });
        }
    front = next;
  }
  return { broken: broken.slice(0, 3), seen };
}

/** What was there when the walk began promises what it says, as if announced long ago. */
function first({ field }: Version): Promised {
  const until = field?.state === "DEPRECATED" ? (field.sunset ?? "9999") : "";
  return {
    state: field?.state,
    type: field?.type ?? "",
    until,
    from: "",
    left: field === undefined,
    retired: false,
  };
}

function whyBroken(promised: Promised, { field, reserved }: Version, today: string): string | undefined {
  const { state, type, until, from, left, retired } = promised;
  if (retired && field !== undefined) return "number used again";
  if (left || state === undefined) return undefined;
  if (field === undefined) {
    if (!reserved) return "left unreserved";
    if (state === "EXPERIMENTAL") return undefined;
    if (state !== "DEPRECATED") return `left while ${state}`;
    return today <= until ? "left before its sunset" : today < from ? "left without notice" : undefined;
  }
  if (state === "EXPERIMENTAL") return undefined;
  if (field.state === undefined || field.state === "EXPERIMENTAL") return "promise taken back";
  if (state === "FROZEN" && field.state === "STABLE") return "promise weakened";
  if (state === "STABLE") return groupOf(type) === groupOf(field.type) ? undefined : "type changed";
  return type === field.type ? undefined : "frozen type changed";
}

/** What reads the same bytes. */
function groupOf(type: string): string {
  return type.startsWith("int") ? "int" : type;
}

function follow(promised: Promised, { field }: Version, today: string): Promised {
  if (field === undefined)
    return {
      ...promised,
      state: undefined,
      left: true,
      retired: promised.retired || promised.state !== undefined,
    };
  const { state, sunset, type } = field;
  if (promised.left) {
    const from = field.state === "DEPRECATED" ? noticeFrom(today) : "";
    return { ...first({ field, name: "", source: "", reserved: false }), from };
  }
  if (state === undefined) return promised;
  if (state !== "DEPRECATED") return { ...promised, state, type };
  const until = [promised.until, sunset ?? "9999"].sort().at(-1)!;
  // Without a day it may not leave at all; with one, not before that.
  const before = promised.until === "9999" ? (sunset ?? "9999") : until;
  // Who was promised nothing is owed no notice.
  const owed = promised.state !== "DEPRECATED" && promised.state !== "EXPERIMENTAL";
  const from = owed ? noticeFrom(today) : promised.from;
  return { state, type, until: before, from, left: false, retired: false };
}

function noticeFrom(day: string): string {
  return new Date(Date.parse(day) + NOTICE * 86_400_000).toISOString().slice(0, 10);
}

function factsOf(before: Promised, after: Promised, { field }: Version): readonly string[] {
  if (field === undefined) {
    if (before.state === "DEPRECATED") return ["left lawfully"];
    return before.state === "EXPERIMENTAL" ? ["left EXPERIMENTAL"] : [];
  }
  const returned = before.state === "DEPRECATED" && after.state === "FROZEN" ? ["returned"] : [];
  return after.state === undefined ? returned : [after.state, ...returned];
}
