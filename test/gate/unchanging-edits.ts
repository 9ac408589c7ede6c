import { type Dice, messagesOf } from "../differential/dice.js";
import {
  type Case,
  type EnumModel,
  enumsIn,
  type FileModel,
  type MessageModel,
  messagesIn,
  type TypeModel,
} from "../differential/model.js";

/** What leaves every finding as it is, whatever it adds to them. */
type Edit = (dice: Dice, model: Case) => void;

/** Two fields that a message has room for, whatever it reserves: nothing of the differential tests' is near. */
const [SPARE, ADDED] = [16, 15];

/** A field to lose later, in every message. */
export function withSpares(model: Case): Case {
  for (const { fields } of ordinary(model)) fields.push(member("spare", SPARE));
  return model;
}

export const edits: Readonly<Record<string, Edit>> = {
  "move lines": (dice, model) => {
    for (const file of model.files) file.padding += dice.int(1, 9);
  },
  "reorder members": (dice, model) => {
    for (const message of messagesOf(model.files)) {
      const { fields } = message;
      if (new Set(fields.map(({ number }) => number)).size === fields.length && areDistinct(fields))
        message.fields = shuffled(dice, fields);
    }
    for (const { declared } of enumsOf(model)) {
      const [first, ...others] = declared.values;
      if (areDistinct(declared.values)) declared.values = [first!, ...shuffled(dice, others)];
    }
  },
  "reorder what files declare": (dice, model) => {
    for (const holder of [...model.files, ...messagesOf(model.files)]) {
      if (areDistinct(holder.messages)) holder.messages = shuffled(dice, holder.messages);
      if (areDistinct(holder.enums)) holder.enums = shuffled(dice, holder.enums);
    }
    for (const { services } of model.files)
      for (const one of services) if (areDistinct(one.methods)) one.methods = shuffled(dice, one.methods);
  },
  "add members": (_, model) => {
    for (const { fields } of ordinary(model)) fields.push(member("added", ADDED));
    for (const { declared } of enumsOf(model))
      declared.values.push({ name: `${declared.name}_ADDED`, number: ADDED });
  },
  "remove members": (_, model) => {
    for (const message of ordinary(model))
      message.fields = message.fields.filter(({ name }) => name !== "spare");
  },
  "rename members": (_, model) => {
    // Of a map, the entry's name goes along; a required field is known by its name.
    for (const { fields } of ordinary(model))
      for (const field of fields)
        if (field.name === `f${field.number}` && !("key" in field.type) && !isRequired(field))
          field.name = `${field.name}_renamed`;
  },
  "split a file": (dice, model) => {
    const file = dice.one(model.files);
    model.files.splice(
      model.files.indexOf(file),
      0,
      splitOff(file, "before", file.messages.filter(standsAlone)),
    );
    model.files.push({ ...splitOff(file, "behind", []), services: file.services.splice(0) });
  },
};

/** Takes messages out of a file, into one of the same settings. */
function splitOff(file: FileModel, name: string, messages: MessageModel[]): FileModel {
  file.messages = file.messages.filter((message) => !messages.includes(message));
  const nothing = { services: [], enums: [], extensions: [] };
  return { ...file, ...nothing, path: `${name}_${file.path}`, messages };
}

/** Whether all that a message needs goes with it. */
function standsAlone(message: MessageModel): boolean {
  if (message.name === "Anchor") return false;
  const own = messagesIn({ ...message, messages: [message] }).map((each) => each.message);
  const types = new Set<MessageModel | EnumModel>([...own, ...own.flatMap(({ enums }) => enums)]);
  return own.every(
    ({ fields, extensions }) => extensions.length === 0 && fields.every(({ type }) => isIn(type, types)),
  );
}

function isIn(type: TypeModel, types: ReadonlySet<MessageModel | EnumModel>): boolean {
  if ("refers" in type) return types.has(type.refers);
  if ("key" in type) return isIn(type.value, types);
  return "group" in type ? type.group.every((field) => isIn(field.type, types)) : true;
}

function isRequired({ label, features }: MessageModel["fields"][number]): boolean {
  return label === "required" || features.field_presence === "LEGACY_REQUIRED";
}

function member(name: string, number: number): MessageModel["fields"][number] {
  const nothing = { oneof: undefined, jsonName: undefined, default: undefined, options: {}, features: {} };
  return { name, number, label: "repeated", type: { scalar: "int32" }, ...nothing };
}

/** Messages that may have fields. */
function ordinary(model: Case): readonly MessageModel[] {
  return messagesOf(model.files).filter(({ options }) => !("message_set_wire_format" in options));
}

function enumsOf(model: Case) {
  return model.files.flatMap((file) => enumsIn(file));
}

/** Of two of one name, the printer takes the first. */
function areDistinct(named: readonly { readonly name: string }[]): boolean {
  return new Set(named.map(({ name }) => name.replaceAll("_", "").toLowerCase())).size === named.length;
}

function shuffled<T>(dice: Dice, list: readonly T[]): T[] {
  const left = [...list];
  return list.map(() => left.splice(dice.int(0, left.length - 1), 1)[0]!);
}
