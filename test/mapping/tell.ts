import type { Absent, Conversion, Entry } from "../../src/mapping/index.js";
import type { Field } from "../../src/schema/index.js";

/** An entry on a line, for tests to say what they expect. */
export function tellEntry(entry: Entry): string {
  switch (entry.kind) {
    case "paired": {
      const counted = entry.counted ? ` ${entry.v3.cardinality}→${entry.v4.cardinality}` : "";
      return `${arrow(entry)} ${tellConversion(entry.conversion)}${counted}${tellAbsent(entry.absent)} ${entry.loss}`;
    }
    case "replaced":
      return `${arrow(entry)} replaced ${tellConversion(entry.conversion)}, ${entry.bridge.name} beside it ${entry.loss}`;
    case "oneof": {
      const members = entry.members.map(({ v3, v4, conversion }) =>
        v3 && v4
          ? `${arrow({ v3, v4 })} ${tellConversion(conversion)}`
          : v3
            ? `${v3.name} of v3`
            : `${v4?.name} of v4`,
      );
      return `oneof {${members.join(", ")}} ${entry.loss}`;
    }
    case "regroup": {
      const members = entry.members.map(
        ({ inner, flat, conversion }) => `${inner.name}|${flat.name} ${tellConversion(conversion)}`,
      );
      return `${entry.side} holds in ${entry.holder.name} {${members.join(", ")}} ${entry.loss}`;
    }
    case "hook":
      return `hook ${entry.name} ${names(entry.v3)} → ${names(entry.v4)} ${entry.loss}`;
    case "only": {
      const absent = entry.absent === undefined ? "" : ` else ${hex(entry.absent)}`;
      return `${entry.side} only: ${entry.field.name} ${entry.travels ? "travels" : "stashed"}${absent} ${entry.loss}`;
    }
  }
}

function tellConversion(conversion: Conversion): string {
  switch (conversion.kind) {
    case "enum":
      return `enum ${conversion.values.map((pair) => pair.join(":")).join(" ")}`.trimEnd();
    case "wrap":
      return `wrap in ${conversion.side} (${tellConversion(conversion.inner)})`;
    case "time":
      return `time in ${conversion.side}, ${conversion.unit}`;
    case "nested":
      return `nested ${conversion.v4.name}`;
    case "entry":
      return `entry (${tellConversion(conversion.key)}, ${tellConversion(conversion.value)})`;
    default:
      return conversion.kind;
  }
}

function tellAbsent(absent: Absent | undefined): string {
  if (absent === undefined) return "";
  const sides = Object.entries(absent).map(([side, value]) => ` no ${side}: ${hex(value)}`);
  return sides.join("");
}

function arrow({ v3, v4 }: { readonly v3: Field; readonly v4: Field }): string {
  return `${v3.name} → ${v4.name}`;
}

function names(fields: readonly Field[]): string {
  return fields.map(({ name }) => name).join("+");
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString("hex")}`;
}
