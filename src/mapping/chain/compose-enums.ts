import type { Certificate, EnumCertificate, ValueLine } from "../certificate/certificate.js";

/** The enums that every generation has, each value of the eldest beside what it is called in the newest. */
export function composeEnums(certificates: readonly Certificate[]): readonly EnumCertificate[] {
  const [first, ...others] = certificates.map(({ enums }) => enums);
  return others.reduce<readonly EnumCertificate[]>(
    (before, enums) =>
      enums.flatMap((next) => {
        const elder = before.find(({ v4 }) => v4 === next.v3);
        return elder === undefined ? [] : { v3: elder.v3, v4: next.v4, values: composeValues(elder, next) };
      }),
    first ?? [],
  );
}

/** What begins and ends between the two is left out. */
function composeValues(elder: EnumCertificate, next: EnumCertificate): EnumCertificate["values"] {
  const continued = next.values.filter(({ v4 }) => v4 !== undefined);
  const newer = continued.map(({ v3, v4, guessed }) => {
    const before = elderOf(v3, elder);
    const isGuessed = before?.v3 !== undefined && (guessed || before.guessed);
    return { ...pick("v3", before?.v3), ...pick("v4", v4), ...(isGuessed ? { guessed: true as const } : {}) };
  });
  const kept = new Set(newer.map(({ v3 }) => v3?.name));
  const ended = elder.values.filter(({ v3 }) => v3 !== undefined && !kept.has(v3.name));
  return [...newer, ...ended.map(({ v3 }) => pick("v3", v3))];
}

function elderOf(middle: ValueLine | undefined, { values }: EnumCertificate) {
  return middle && values.find(({ v4 }) => v4?.name === middle.name);
}

function pick(side: "v3" | "v4", value: ValueLine | undefined): { v3?: ValueLine; v4?: ValueLine } {
  return value === undefined ? {} : { [side]: value };
}
