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

/** Every version that there is, in a message that promises nothing and in one that is FROZEN. */
export const versions: readonly Version[] = [undefined, "FROZEN" as const].flatMap((around) => {
  const inside = (body: string) => {
    const option = around === undefined ? "" : `option (proto4.message_lifecycle) = ${around};`;
    return `message M { ${option} ${body} }`;
  };
  const there = states.flatMap((own) =>
    (own === undefined || own === "EXPERIMENTAL" ? [undefined] : sunsets).flatMap((sunset) =>
      types.map((type): Version => {
        const name = [own ?? "undeclared", sunset, type, around && "in FROZEN"].filter(Boolean).join(" ");
        const field = { state: own ?? around, sunset, type };
        return { name, source: inside(fieldSource(own, sunset, type)), field, reserved: false };
      }),
    ),
  );
  const gone = ["", 'reserved 1; reserved "a";'].map((body) => ({
    name: `gone ${body}`,
    source: inside(body),
    field: undefined,
    reserved: body !== "",
  }));
  return [...there, ...gone];
});

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
