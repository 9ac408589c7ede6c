import fc from "fast-check";
import {
  type Case,
  type EnumModel,
  enumsIn,
  type FieldModel,
  type FileModel,
  type MessageModel,
  messagesIn,
  type TypeModel,
} from "./model.js";

type Gen = fc.GeneratorValue;

/** Pairs of cases: sources of two or three files in a package of their own, and the same after a few edits. */
export function randomPair(): fc.Arbitrary<{ before: Case; after: Case; edits: string[] }> {
  return fc.gen().map((gen) => {
    const dice = new Dice(gen);
    const before = dice.case();
    const after = structuredClone(before);
    const edits = Array.from({ length: dice.int(0, 5) }, () => dice.edit(after));
    return { before, after, edits };
  });
}

const scalars = [
  "int32",
  "int64",
  "uint32",
  "uint64",
  "sint32",
  "sint64",
  "bool",
  "string",
  "bytes",
  "fixed32",
  "sfixed32",
  "fixed64",
  "sfixed64",
  "double",
  "float",
];

/** Throws for everything that a case is made of. */
class Dice {
  constructor(private readonly gen: Gen) {}

  int(min: number, max: number): number {
    return this.gen(fc.integer, { min, max });
  }

  one<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  case(): Case {
    const files = Array.from({ length: this.int(2, 3) }, (_, index) => this.file(index));
    const made: Case = { files };
    files.forEach((file, index) => {
      const seen = files.slice(0, index + 1);
      for (const { message } of messagesIn(file))
        message.fields = Array.from({ length: this.int(0, 5) }, (_, at) => this.field(at + 1, seen));
      file.services = Array.from({ length: this.int(0, 2) }, (_, at) => this.service(`S${index}${at}`, seen));
      file.extensions = Array.from({ length: this.int(0, 2) }, (_, at) => ({
        target: this.one(messagesOf(seen)),
        field: { ...this.field(100 + 3 * index + at, seen), name: `ext${index}${at}`, oneof: undefined },
      }));
    });
    return made;
  }

  edit(model: Case): string {
    const file = this.one(model.files);
    const names = Object.keys(edits);
    const name = this.one(names);
    edits[name]!(this, model, file);
    return name;
  }

  file(index: number): FileModel {
    const letter = "abc"[index]!;
    const messages = Array.from({ length: this.int(1, 2) }, (_, at) => this.message(`M${letter}${at}`, 0));
    if (index === 0) messages.unshift({ ...this.message("Anchor", 2), messages: [], enums: [] });
    return {
      path: `${letter}.proto`,
      syntax: this.one(["proto2", "proto3", "2023"] as const),
      package: "pkg",
      messages,
      enums: Array.from({ length: this.int(0, 2) }, (_, at) => this.enum(`E${letter}${at}`)),
      services: [],
      extensions: [],
      padding: this.int(0, 2),
    };
  }

  message(name: string, depth: number): MessageModel {
    const nested = depth < 2 ? this.int(0, 1) : 0;
    return {
      kind: "message",
      name,
      fields: [],
      messages: Array.from({ length: nested }, (_, at) => this.message(`N${depth}${at}`, depth + 1)),
      enums: this.chance(20) ? [this.enum(`NE${depth}`)] : [],
      reservedRanges: Array.from({ length: this.int(0, 2) }, (_, at) => this.range(20 + 10 * at)),
      reservedNames: Array.from({ length: this.int(0, 2) }, (_, at) => `gone${at}`),
    };
  }

  range(from: number): [number, number] {
    return this.chance(40) ? [from, from] : [from, from + this.int(1, 8)];
  }

  enum(name: string): EnumModel {
    const values = Array.from({ length: this.int(1, 4) }, (_, at) => ({
      name: `${name}_V${at}`,
      number: at,
    }));
    if (this.chance(30)) values.push({ name: `${name}_ALIAS`, number: this.int(0, values.length - 1) });
    return { kind: "enum", name, values };
  }

  field(number: number, seen: readonly FileModel[], type: TypeModel = this.type(seen)): FieldModel {
    return {
      name: `f${number}`,
      number,
      label: this.label(),
      type,
      oneof: this.chance(20) ? this.one(["kind", "choice"]) : undefined,
      jsonName: this.chance(10) ? `j${number}` : undefined,
      feature: this.one(["", "", "DELIMITED", "IMPLICIT", "LEGACY_REQUIRED"] as const),
    };
  }

  label(): FieldModel["label"] {
    return this.one(["", "", "optional", "required", "repeated"] as const);
  }

  type(seen: readonly FileModel[]): TypeModel {
    const enums = seen.flatMap((file) => enumsIn(file).map(({ declared }) => declared));
    switch (this.int(0, 9)) {
      case 0:
        return { key: this.one(["string", "int32", "bool"]), value: this.plainType(seen) };
      case 1:
        return { group: [{ ...this.field(1, [], this.scalar()), oneof: undefined }] };
      case 2:
      case 3:
        return { refers: this.one(messagesOf(seen)) };
      case 4:
      case 5:
        return enums.length === 0 ? this.scalar() : { refers: this.one(enums) };
      default:
        return this.scalar();
    }
  }

  plainType(seen: readonly FileModel[]): TypeModel {
    return this.chance(30) && seen.length > 0 ? { refers: this.one(messagesOf(seen)) } : this.scalar();
  }

  scalar(): TypeModel {
    return { scalar: this.one(scalars) };
  }

  service(name: string, seen: readonly FileModel[]) {
    const methods = Array.from({ length: this.int(1, 3) }, (_, at) => ({
      name: `Do${at}`,
      input: this.one(messagesOf(seen)),
      output: this.one(messagesOf(seen)),
      streams: this.chance(20),
    }));
    return { name, methods };
  }
}

type Edit = (dice: Dice, model: Case, file: FileModel) => void;

const edits: Readonly<Record<string, Edit>> = {
  "pad a file": (dice, _, file) => {
    file.padding = dice.int(0, 4);
  },
  "delete a field": field((dice, message, at) => {
    const [gone] = message.fields.splice(at, 1);
    if (dice.chance(40)) message.reservedRanges.push([gone!.number, gone!.number]);
    if (dice.chance(40)) message.reservedNames.push(gone!.name);
  }),
  "add a field": (dice, model, file) =>
    withMessage(dice, file, ({ message }) =>
      message.fields.push({ ...dice.field(dice.int(1, 12), model.files), name: `n${dice.int(1, 9)}` }),
    ),
  "rename a field": field((dice, message, at) => {
    message.fields[at]!.name = `r${dice.int(1, 9)}`;
  }),
  "renumber a field": field((dice, message, at) => {
    message.fields[at]!.number = dice.int(1, 12);
  }),
  "swap two numbers": field((dice, message, at) => {
    const other = dice.one(message.fields);
    const mine = message.fields[at]!;
    [mine.number, other.number] = [other.number, mine.number];
  }),
  "change a type": field((dice, message, at, model) => {
    message.fields[at]!.type = dice.type(model.files);
  }),
  "change a scalar": field((dice, message, at) => {
    message.fields[at]!.type = dice.scalar();
  }),
  "change a label": field((dice, message, at) => {
    message.fields[at]!.label = dice.label();
  }),
  "change a feature": field((dice, message, at) => {
    message.fields[at]!.feature = dice.one(["", "DELIMITED", "IMPLICIT", "LEGACY_REQUIRED"] as const);
  }),
  "move in or out of a oneof": field((dice, message, at) => {
    message.fields[at]!.oneof = dice.one([undefined, "kind", "choice", "other"]);
  }),
  "change a JSON name": field((dice, message, at) => {
    message.fields[at]!.jsonName = dice.one([undefined, "json", `k${at}`]);
  }),
  "change reserved ranges": (dice, _, file) =>
    withMessage(dice, file, ({ message }) => {
      message.reservedRanges = message.reservedRanges.flatMap(([start, end]): [number, number][] => {
        if (dice.chance(30)) return [];
        const cut = dice.int(start, end);
        return cut > start && cut < end && dice.chance(60)
          ? [
              [start, cut - 1],
              [cut + (dice.chance(50) ? 1 : 0), end],
            ]
          : [[start, end]];
      });
    }),
  "free reserved names": (dice, _, file) =>
    withMessage(dice, file, ({ message }) => {
      message.reservedNames = message.reservedNames.slice(1);
    }),
  "delete a message": (dice, _, file) =>
    withMessage(dice, file, ({ holder, message }) => {
      holder.messages = holder.messages.filter((other) => other !== message);
    }),
  "rename a message": (dice, _, file) =>
    withMessage(dice, file, ({ message }) => {
      message.name = `R${dice.int(0, 99)}${message.name}`;
    }),
  "move a message": (dice, model, file) =>
    withMessage(dice, file, ({ holder, message }) => {
      const to = dice.one([dice.one(model.files), dice.one(messagesOf(model.files))]);
      if (to === message || messagesIn(message).some((inner) => inner.message === to)) return;
      if (to.messages.some(({ name }) => name === message.name)) return;
      holder.messages = holder.messages.filter((other) => other !== message);
      to.messages.push(message);
    }),
  "delete an enum": (dice, _, file) =>
    withEnum(dice, file, ({ holder, declared }) => {
      holder.enums = holder.enums.filter((other) => other !== declared);
    }),
  "rename an enum": (dice, _, file) =>
    withEnum(dice, file, ({ declared }) => {
      declared.name = `X${declared.name}`;
    }),
  "move an enum": (dice, model, file) =>
    withEnum(dice, file, ({ holder, declared }) => {
      const to = dice.one([dice.one(model.files), dice.one(messagesOf(model.files))]);
      if (to.enums.some(({ name }) => name === declared.name)) return;
      holder.enums = holder.enums.filter((other) => other !== declared);
      to.enums.push(declared);
    }),
  "copy an enum elsewhere and use it": (dice, model, file) =>
    withEnum(dice, file, ({ declared }) => {
      const to = dice.one(messagesOf(model.files));
      if (to.enums.length > 0) return;
      const copy = structuredClone(declared);
      if (dice.chance(30)) copy.values.pop();
      if (copy.values.length === 0) return;
      to.enums.push(copy);
      for (const message of messagesOf(model.files))
        for (const one of message.fields)
          if ("refers" in one.type && one.type.refers === declared) one.type = { refers: copy };
    }),
  "delete a value": value(
    (_, declared, at) => void (declared.values.length > 1 && declared.values.splice(at, 1)),
  ),
  "rename a value": value((dice, declared, at) => {
    declared.values[at]!.name = `${declared.name}_R${dice.int(0, 9)}`;
  }),
  "renumber a value": value((dice, declared, at) => {
    declared.values[at]!.number = dice.int(0, 5);
  }),
  "add an alias": value((dice, declared, at) =>
    declared.values.push({
      name: `${declared.name}_A${dice.int(0, 9)}`,
      number: declared.values[at]!.number,
    }),
  ),
  "delete a service": (_, __, file) => void file.services.pop(),
  "rename a service": (dice, _, file) => {
    if (file.services.length > 0) dice.one(file.services).name += "R";
  },
  "delete a method": (dice, _, file) =>
    void (file.services.length > 0 && dice.one(file.services).methods.shift()),
  "change a request": (dice, model, file) => {
    const methods = file.services.flatMap((service) => service.methods);
    if (methods.length > 0) dice.one(methods).input = dice.one(messagesOf(model.files));
  },
  "change a response": (dice, model, file) => {
    const methods = file.services.flatMap((service) => service.methods);
    if (methods.length > 0) dice.one(methods).output = dice.one(messagesOf(model.files));
  },
  "change the package": (dice, _, file) => {
    if (dice.chance(50)) file.package = dice.one(["pkg.other", "pkg"]);
  },
  "change the syntax": (dice, _, file) => {
    if (dice.chance(50)) file.syntax = dice.one(["proto2", "proto3", "2023"] as const);
  },
  "delete a file": (dice, model) => void (model.files.length > 1 && dice.chance(50) && model.files.pop()),
  "rename a file": (dice, _, file) => {
    if (dice.chance(50)) file.path = `z_${file.path}`;
  },
  "drop an extension": (_, __, file) => void file.extensions.shift(),
  "change an extension": (dice, model, file) => {
    if (file.extensions.length === 0) return;
    const { field: changed } = dice.one(file.extensions);
    changed.type = dice.type(model.files);
    changed.label = dice.label();
    if (dice.chance(50)) changed.name = `x${changed.name}`;
  },
};

function field(change: (dice: Dice, message: MessageModel, at: number, model: Case) => unknown): Edit {
  return (dice, model, file) =>
    withMessage(dice, file, ({ message }) => {
      if (message.fields.length > 0) change(dice, message, dice.int(0, message.fields.length - 1), model);
    });
}

function value(change: (dice: Dice, declared: EnumModel, at: number) => unknown): Edit {
  return (dice, _, file) =>
    withEnum(dice, file, ({ declared }) => change(dice, declared, dice.int(0, declared.values.length - 1)));
}

/** The anchor stays, so that methods always find a type. */
function withMessage(
  dice: Dice,
  file: FileModel,
  change: (found: ReturnType<typeof messagesIn>[number]) => unknown,
): void {
  const found = messagesIn(file).filter(({ message }) => message.name !== "Anchor");
  if (found.length > 0) change(dice.one(found));
}

function withEnum(
  dice: Dice,
  file: FileModel,
  change: (found: ReturnType<typeof enumsIn>[number]) => unknown,
): void {
  const found = enumsIn(file);
  if (found.length > 0) change(dice.one(found));
}

function messagesOf(files: readonly FileModel[]): readonly MessageModel[] {
  return files.flatMap((file) => messagesIn(file).map(({ message }) => message));
}
