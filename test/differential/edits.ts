import {
  type Dice,
  fieldFeatures,
  fieldOptions,
  fileFeatures,
  fileOptions,
  messageOptions,
  messagesOf,
  methodOptions,
  syntaxes,
} from "./dice.js";
import {
  type Case,
  type EnumModel,
  enumsIn,
  type FieldModel,
  type FileModel,
  type MessageModel,
  messagesIn,
  type RangeModel,
  type Settings,
} from "./model.js";

/** Changes a case somewhere in `file`; where there is nothing to change, nothing. */
type Edit = (dice: Dice, model: Case, file: FileModel) => void;

export const edits: Readonly<Record<string, Edit>> = {
  "pad a file": (dice, _, file) => {
    file.padding = dice.int(0, 4);
  },
  "delete a field": field((dice, message, at) => {
    const [gone] = message.fields.splice(at, 1);
    if (dice.chance(40)) message.reservedRanges.push([gone!.number, gone!.number]);
    if (dice.chance(40)) message.reservedNames.push(gone!.name);
  }),
  "add a field": message((dice, { message }, model) =>
    message.fields.push({ ...dice.field(dice.int(1, 12), model.files), name: `n${dice.int(1, 9)}` }),
  ),
  "rename a field": field((dice, message, at) => {
    message.fields[at]!.name = dice.one([
      `r${dice.int(1, 9)}`,
      `f_${at}`,
      message.fields[at]!.name.toUpperCase(),
    ]);
  }),
  "renumber a field": field((dice, message, at) => {
    message.fields[at]!.number = dice.int(1, 12);
  }),
  "swap two numbers": field((dice, message, at) => {
    const other = dice.one(message.fields);
    const mine = message.fields[at]!;
    [mine.number, other.number] = [other.number, mine.number];
  }),
  "move a field to another place": field((dice, message, at) => {
    const [moved] = message.fields.splice(at, 1);
    message.fields.splice(dice.int(0, message.fields.length), 0, moved!);
  }),
  "change a type": field((dice, message, at, model) => {
    message.fields[at]!.type = dice.type(model.files);
  }),
  "change a scalar": field((dice, message, at) => {
    message.fields[at]!.type = dice.scalar();
  }),
  "change a type among its like": field((dice, message, at) => {
    const { type } = message.fields[at]!;
    const like = "scalar" in type ? alike.find((group) => group.includes(type.scalar)) : undefined;
    if (like !== undefined) message.fields[at]!.type = { scalar: dice.one(like) };
  }),
  "write a map out": field((dice, message, at) => {
    const one = message.fields[at]!;
    if (!("key" in one.type) || one.oneof !== undefined) return;
    const name = `${one.name[0]!.toUpperCase()}${one.name.slice(1)}Entry`;
    if (message.messages.some((nested) => nested.name === name)) return;
    const part = (part: string, number: number, type: FieldModel["type"]): FieldModel => ({
      ...dice.field(number, [], type),
      name: part,
      oneof: undefined,
      jsonName: undefined,
    });
    const entry: MessageModel = {
      ...dice.message(name, 2),
      fields: [part("key", 1, { scalar: one.type.key }), part("value", 2, one.type.value)],
    };
    message.messages.push(entry);
    one.type = { refers: entry };
    one.label = "repeated";
  }),
  "change a label": field((dice, message, at) => {
    message.fields[at]!.label = dice.label();
  }),
  "change a default": field((dice, message, at) => {
    message.fields[at]!.default = dice.chance(30) ? undefined : dice.int(0, 9);
  }),
  "change an option of a field": field((dice, message, at) =>
    set(dice, message.fields[at]!.options, fieldOptions),
  ),
  "change a feature of a field": field((dice, message, at) =>
    set(dice, message.fields[at]!.features, fieldFeatures),
  ),
  "move in or out of a oneof": field((dice, message, at) => {
    message.fields[at]!.oneof = dice.one([
      undefined,
      "kind",
      "choice",
      "other",
      `_${message.fields[0]!.name}`,
    ]);
  }),
  "rename a oneof": message((_, { message }) => {
    for (const one of message.fields) if (one.oneof === "kind") one.oneof = "sort";
  }),
  "change a JSON name": field((dice, message, at) => {
    message.fields[at]!.jsonName = dice.one([undefined, "json", `k${at}`, message.fields[at]!.name]);
  }),
  "change reserved ranges": message((dice, { message }) => {
    message.reservedRanges = cut(dice, message.reservedRanges);
  }),
  "change extension ranges": message((dice, { message }) => {
    message.extensionRanges = cut(dice, message.extensionRanges);
  }),
  "free reserved names": message((_, { message }) => {
    message.reservedNames = message.reservedNames.slice(1);
  }),
  "change an option of a message": message((dice, { message }) => set(dice, message.options, messageOptions)),
  "change a feature of a message": message((dice, { message }) =>
    set(dice, message.features, { json_format: fileFeatures.json_format }),
  ),
  "delete a message": message((_, { holder, message }) => {
    holder.messages = holder.messages.filter((other) => other !== message);
  }),
  "rename a message": message((dice, { message }) => {
    message.name = `R${dice.int(0, 99)}${message.name}`;
  }),
  "move a message": message((dice, { holder, message }, model) => {
    const to = dice.one([dice.one(model.files), dice.one(messagesOf(model.files))]);
    if (to === message || messagesIn(message).some((inner) => inner.message === to)) return;
    if (to.messages.some(({ name }) => name === message.name)) return;
    holder.messages = holder.messages.filter((other) => other !== message);
    to.messages.push(message);
  }),
  "turn a message into an enum": message((dice, { holder, message }, model) => {
    holder.messages = holder.messages.filter((other) => other !== message);
    const declared = dice.enum(message.name);
    holder.enums.push(declared);
    refer(model, message, declared);
  }),
  "delete an enum": enumeration((_, { holder, declared }) => {
    holder.enums = holder.enums.filter((other) => other !== declared);
  }),
  "rename an enum": enumeration((_, { declared }) => {
    declared.name = `X${declared.name}`;
  }),
  "move an enum": enumeration((dice, { holder, declared }, model) => {
    const to = dice.one([dice.one(model.files), dice.one(messagesOf(model.files))]);
    if (to.enums.some(({ name }) => name === declared.name)) return;
    holder.enums = holder.enums.filter((other) => other !== declared);
    to.enums.push(declared);
  }),
  "turn an enum into a message": enumeration((dice, { holder, declared }, model) => {
    holder.enums = holder.enums.filter((other) => other !== declared);
    const made = dice.message(declared.name, 2);
    holder.messages.push(made);
    refer(model, declared, made);
  }),
  "copy an enum elsewhere and use it": enumeration((dice, { declared }, model) => {
    const to = dice.one(messagesOf(model.files));
    if (to.enums.length > 0) return;
    const copy = structuredClone(declared);
    if (dice.chance(30)) copy.values.pop();
    if (copy.values.length === 0) return;
    to.enums.push(copy);
    refer(model, declared, copy);
  }),
  "change a feature of an enum": enumeration((dice, { declared }) =>
    set(dice, declared.features, {
      json_format: fileFeatures.json_format,
      enum_type: fileFeatures.enum_type,
    }),
  ),
  "change reserved numbers of an enum": enumeration((dice, { declared }) => {
    declared.reservedRanges = cut(dice, declared.reservedRanges);
  }),
  "free reserved names of an enum": enumeration((_, { declared }) => {
    declared.reservedNames = declared.reservedNames.slice(1);
  }),
  "delete a value": value((dice, declared, at) => {
    if (declared.values.length === 1) return;
    const [gone] = declared.values.splice(at, 1);
    if (dice.chance(40)) declared.reservedRanges.push([gone!.number, gone!.number]);
    if (dice.chance(40)) declared.reservedNames.push(gone!.name);
  }),
  "rename a value": value((dice, declared, at) => {
    declared.values[at]!.name = `${declared.name}_R${dice.int(0, 9)}`;
  }),
  "renumber a value": value((dice, declared, at) => {
    declared.values[at]!.number = dice.int(0, 5);
  }),
  "turn the values round": enumeration((_, { declared }) => void declared.values.reverse()),
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
  "move a service": (dice, model, file) => {
    const [moved] = file.services.splice(0, 1);
    if (moved !== undefined) dice.one(model.files).services.push(moved);
  },
  "delete a method": method((_, __, methods) => void methods.shift()),
  "change a request": method((dice, model, methods) => {
    dice.one(methods).input = dice.one(messagesOf(model.files));
  }),
  "change a response": method((dice, model, methods) => {
    dice.one(methods).output = dice.one(messagesOf(model.files));
  }),
  "change a client's streaming": method((dice, _, methods) => {
    dice.one(methods).clientStreams = dice.chance(50);
  }),
  "change a server's streaming": method((dice, _, methods) => {
    dice.one(methods).serverStreams = dice.chance(50);
  }),
  "change an option of a method": method((dice, _, methods) =>
    set(dice, dice.one(methods).options, methodOptions),
  ),
  "change the package": (dice, _, file) => {
    if (dice.chance(50)) file.package = dice.one(["pkg.other", "pkg", "pkg.sub"]);
  },
  "change the syntax": (dice, _, file) => {
    if (dice.chance(50)) file.syntax = dice.one(syntaxes);
  },
  "change options of a file": (dice, _, file) => {
    for (let left = dice.int(1, 9); left > 0; left--) set(dice, file.options, fileOptions);
  },
  "change a feature of a file": (dice, _, file) => set(dice, file.features, fileFeatures),
  "delete a file": (dice, model) => void (model.files.length > 1 && dice.chance(50) && model.files.pop()),
  "rename a file": (dice, _, file) => {
    if (dice.chance(50)) file.path = `z_${file.path}`;
  },
  "drop an extension": extension((_, extensions, at) => void extensions.splice(at, 1)),
  "change an extension": extension((dice, extensions, at, model) => {
    const { field: changed } = extensions[at]!;
    changed.type = dice.type(model.files);
    changed.label = dice.label();
    if (dice.chance(50)) changed.name = `x${changed.name}`;
  }),
  "change little about an extension": extension((dice, extensions, at) => {
    const { field: changed } = extensions[at]!;
    changed.default = dice.int(0, 9);
    set(dice, changed.options, fieldOptions);
    set(dice, changed.features, fieldFeatures);
  }),
  "renumber an extension": extension((dice, extensions, at) => {
    extensions[at]!.field.number = dice.int(100, 112);
  }),
  "move an extension": extension((dice, extensions, at, model) => {
    const [moved] = extensions.splice(at, 1);
    dice.one([dice.one(model.files), dice.one(messagesOf(model.files))]).extensions.push(moved!);
  }),
};

const alike: readonly (readonly string[])[] = [
  ["int32", "uint32", "int64", "uint64", "bool"],
  ["sint32", "sint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
  ["string", "bytes"],
  ["float", "double"],
];

/** Sets one of `table`, or takes it away. */
function set(dice: Dice, settings: Settings, table: Readonly<Record<string, readonly string[]>>): void {
  const name = dice.one(Object.keys(table));
  if (dice.chance(25)) delete settings[name];
  else settings[name] = dice.one(table[name]!);
}

/** Deletes some ranges and takes others apart, with or without a gap. */
function cut(dice: Dice, ranges: readonly RangeModel[]): RangeModel[] {
  return ranges.flatMap(([start, end]): RangeModel[] => {
    if (dice.chance(25)) return [];
    const at = dice.int(start, end === "max" ? start + 20 : end);
    if (at <= start || at === end || !dice.chance(70)) return [[start, end]];
    return [
      [start, at - 1],
      [at + (dice.chance(50) ? 1 : 0), end],
    ];
  });
}

function refer(model: Case, from: MessageModel | EnumModel, to: MessageModel | EnumModel): void {
  const fields = [
    ...messagesOf(model.files).flatMap((holder) => holder.fields),
    ...[...model.files, ...messagesOf(model.files)].flatMap(({ extensions }) =>
      extensions.map((extension) => extension.field),
    ),
  ];
  for (const one of fields) if ("refers" in one.type && one.type.refers === from) one.type = { refers: to };
}

function field(change: (dice: Dice, message: MessageModel, at: number, model: Case) => unknown): Edit {
  return message((dice, { message: found }, model) => {
    if (found.fields.length > 0) change(dice, found, dice.int(0, found.fields.length - 1), model);
  });
}

function value(change: (dice: Dice, declared: EnumModel, at: number) => unknown): Edit {
  return enumeration((dice, { declared }) => change(dice, declared, dice.int(0, declared.values.length - 1)));
}

/** The anchor stays, so that methods always find a type. */
function message(
  change: (dice: Dice, found: ReturnType<typeof messagesIn>[number], model: Case) => unknown,
): Edit {
  return (dice, model, file) => {
    const found = messagesIn(file).filter(({ message }) => message.name !== "Anchor");
    if (found.length > 0) change(dice, dice.one(found), model);
  };
}

function enumeration(
  change: (dice: Dice, found: ReturnType<typeof enumsIn>[number], model: Case) => unknown,
): Edit {
  return (dice, model, file) => {
    const found = enumsIn(file);
    if (found.length > 0) change(dice, dice.one(found), model);
  };
}

function method(
  change: (dice: Dice, model: Case, methods: FileModel["services"][number]["methods"]) => unknown,
): Edit {
  return (dice, model, file) => {
    const services = file.services.filter(({ methods }) => methods.length > 0);
    if (services.length > 0) change(dice, model, dice.one(services).methods);
  };
}

function extension(
  change: (dice: Dice, extensions: FileModel["extensions"], at: number, model: Case) => unknown,
): Edit {
  return (dice, model, file) => {
    const holders = [file, ...messagesOf([file])].filter(({ extensions }) => extensions.length > 0);
    if (holders.length === 0) return;
    const { extensions } = dice.one(holders);
    change(dice, extensions, dice.int(0, extensions.length - 1), model);
  };
}
