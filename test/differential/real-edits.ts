import { create } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  DescriptorProto_ReservedRangeSchema,
  Edition,
  type EnumDescriptorProto,
  EnumDescriptorProto_EnumReservedRangeSchema,
  EnumOptionsSchema,
  EnumValueDescriptorProtoSchema,
  FeatureSetSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileOptionsSchema,
  MessageOptionsSchema,
  MethodOptionsSchema,
  OneofDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import type { Dice } from "./dice.js";

/** What an edit may touch, and what it must not take away. */
interface Surroundings {
  readonly files: readonly FileDescriptorProto[];
  /** With those that may not be edited. */
  readonly all: readonly FileDescriptorProto[];
  /** Type names that fields, methods or extensions use, with the leading dot. */
  readonly used: ReadonlySet<string>;
}

/** Changes a compiled file so that it stays a valid one; where nothing fits, it changes nothing. */
type RealEdit = (dice: Dice, file: FileDescriptorProto, around: Surroundings) => void;

/** Where things stand is left as it was: descriptors and places that do not fit are a case, too. */
export const realEdits: Readonly<Record<string, RealEdit>> = {
  "delete a field": field((dice, message, one) => {
    if (isMap(message, one) || aloneInOneof(message, one)) return;
    message.field.splice(message.field.indexOf(one), 1);
    if (dice.chance(40)) message.reservedRange.push(range(one.number));
    if (dice.chance(40)) message.reservedName.push(one.name);
  }),
  "delete a map": field((_, message, one) => {
    if (!isMap(message, one)) return;
    message.field.splice(message.field.indexOf(one), 1);
    message.nestedType = message.nestedType.filter(({ name }) => !one.typeName.endsWith(`.${name}`));
  }),
  "renumber a field": field((dice, message, one) => {
    const free = Math.max(...message.field.map(({ number }) => number)) + dice.int(1, 3);
    const taken = [...message.reservedRange, ...message.extensionRange];
    if (free < 19_000 && !taken.some(({ start, end }) => start <= free && free < end)) one.number = free;
  }),
  "rename a field": field((dice, message, one) => {
    if (isMap(message, one)) return; // its entry type has the field's name
    const at = message.field.indexOf(one);
    one.name = `renamed_${at}_${dice.int(0, 99)}`;
    one.jsonName = one.name.replace(/_(\d)/g, "$1");
  }),
  "change a scalar": field((dice, _, one) => {
    if (one.typeName === "") retype(one, dice.one(scalars));
  }),
  "change the values of a map": (dice, file) => {
    const values = messagesIn(file).flatMap((found) => (isEntry(found) ? found.field.slice(1) : []));
    const one = values.length > 0 ? dice.one(values) : undefined;
    if (one?.typeName === "") retype(one, dice.one(scalars));
  },
  "turn a scalar into a message": field((dice, _, one, file) => {
    const targets = file.messageType.filter((target) => !isEntry(target));
    if (one.typeName !== "" || targets.length === 0) return;
    retype(one, FieldDescriptorProto_Type.MESSAGE);
    one.typeName = `.${file.package}.${dice.one(targets).name}`;
  }),
  "turn a message into text": field((_, message, one) => {
    if (one.type !== FieldDescriptorProto_Type.MESSAGE || isMap(message, one)) return;
    retype(one, FieldDescriptorProto_Type.STRING);
    one.typeName = "";
  }),
  "change a label": field((_, message, one) => {
    if (isMap(message, one) || Object.hasOwn(one, "oneofIndex")) return;
    const { OPTIONAL, REPEATED } = FieldDescriptorProto_Label;
    one.label = one.label === REPEATED ? OPTIONAL : REPEATED;
    delete (one as Partial<FieldDescriptorProto>).options;
  }),
  "make a field optional": field((_, message, one, file) => {
    if (file.syntax !== "proto3" || Object.hasOwn(one, "oneofIndex")) return;
    if (one.label !== FieldDescriptorProto_Label.OPTIONAL) return;
    one.proto3Optional = true;
    one.oneofIndex = message.oneofDecl.push(create(OneofDescriptorProtoSchema, { name: `_${one.name}` })) - 1;
  }),
  "take a field out of its oneof": field((_, message, one) => {
    if (!Object.hasOwn(one, "oneofIndex") || one.proto3Optional || aloneInOneof(message, one)) return;
    delete (one as Partial<FieldDescriptorProto>).oneofIndex;
    // What is left of the oneof must stay together.
    message.field.push(...message.field.splice(message.field.indexOf(one), 1));
  }),
  "rename a oneof": message((dice, found) => {
    const real = found.oneofDecl.filter(({ name }) => !name.startsWith("_"));
    if (real.length > 0) dice.one(real).name += "_renamed";
  }),
  "change a JSON name": field((dice, message, one) => {
    one.jsonName = `json${message.field.indexOf(one)}x${dice.int(0, 99)}`;
  }),
  "set an option of a field": field((dice, message, one) => {
    if (isMap(message, one)) return;
    one.options ??= create(FieldOptionsSchema);
    if (one.type === FieldDescriptorProto_Type.INT64) one.options.jstype = dice.int(0, 2);
    if (one.type === FieldDescriptorProto_Type.STRING) one.options.ctype = dice.int(0, 2);
  }),
  "swap two fields": field((dice, message, one) => {
    const at = dice.int(0, message.field.length - 1);
    const other = message.field[at]!;
    if (Object.hasOwn(one, "oneofIndex") || Object.hasOwn(other, "oneofIndex")) return;
    message.field[message.field.indexOf(one)] = other;
    message.field[at] = one;
  }),
  "reserve a number, or free one": message((dice, found) => {
    if (found.reservedRange.length > 0) found.reservedRange.pop();
    else found.reservedRange.push(range(dice.int(1000, 2000)));
  }),
  "set an option of a message": message((dice, found) => {
    found.options ??= create(MessageOptionsSchema);
    found.options.noStandardDescriptorAccessor = dice.chance(70);
  }),
  "delete a type": (dice, file, { used }) => {
    const holder = dice.one([file, ...messagesIn(file)]);
    const kept = ({ name }: { name: string }) => used.has(`.${nameIn(file, holder)}.${name}`);
    if ("messageType" in holder)
      holder.messageType = holder.messageType.filter((type) => kept(type) || holds(type) || dice.chance(50));
    holder.enumType = holder.enumType.filter((type) => kept(type) || dice.chance(50));
  },
  "move a simple message to another file": (dice, file, { files, used }) => {
    const others = files.filter((other) => other !== file && other.package === file.package);
    const simple = file.messageType.filter(
      (type) =>
        !holds(type) &&
        !used.has(`.${file.package}.${type.name}`) &&
        type.enumType.length === 0 &&
        type.field.every(({ typeName }) => typeName === ""),
    );
    if (others.length === 0 || simple.length === 0) return;
    const moved = dice.one(simple);
    const to = dice.one(others);
    if (to.syntax !== file.syntax) return;
    file.messageType = file.messageType.filter((type) => type !== moved);
    to.messageType.push(moved);
  },
  "delete a value": enumeration((dice, declared) => {
    if (declared.value.length < 3 || declared.options?.allowAlias) return;
    const [gone] = declared.value.splice(dice.int(1, declared.value.length - 1), 1);
    if (dice.chance(40)) declared.reservedName.push(gone!.name);
    if (dice.chance(40))
      declared.reservedRange.push(
        create(EnumDescriptorProto_EnumReservedRangeSchema, { start: gone!.number, end: gone!.number }),
      );
  }),
  "rename a value": enumeration((dice, declared) => {
    dice.one(declared.value).name = `${declared.name.toUpperCase()}_RENAMED_${dice.int(0, 9999)}`;
  }),
  "renumber a value": enumeration((dice, declared) => {
    if (declared.value.length > 1 && !declared.options?.allowAlias && declared.reservedRange.length === 0)
      declared.value.at(-1)!.number = 1000 + dice.int(0, 99);
  }),
  "add an alias": enumeration((dice, declared) => {
    declared.options ??= create(EnumOptionsSchema);
    declared.options.allowAlias = true;
    const name = `${declared.name.toUpperCase()}_ALIAS_${dice.int(0, 9999)}`;
    declared.value.push(
      create(EnumValueDescriptorProtoSchema, { name, number: dice.one(declared.value).number }),
    );
  }),
  "delete a service": (_, file) => void file.service.pop(),
  "delete a method": method((_, { service }) => void service.method.shift()),
  "change a method": method((dice, { service }, file) => {
    const one = dice.one(service.method);
    if (dice.chance(30)) one.clientStreaming = !one.clientStreaming;
    if (dice.chance(30)) one.serverStreaming = !one.serverStreaming;
    const targets = file.messageType.filter((type) => !isEntry(type));
    if (targets.length > 0 && dice.chance(40)) one.inputType = `.${file.package}.${dice.one(targets).name}`;
    if (targets.length > 0 && dice.chance(40)) one.outputType = `.${file.package}.${dice.one(targets).name}`;
    one.options ??= create(MethodOptionsSchema);
    if (dice.chance(30)) one.options.idempotencyLevel = dice.int(0, 2);
  }),
  "change the options of a file": (dice, file) => {
    file.options ??= create(FileOptionsSchema);
    const { options } = file;
    if (dice.chance(40)) options.javaPackage += "x";
    if (dice.chance(40)) options.goPackage += "x";
    if (dice.chance(40)) options.ccEnableArenas = !options.ccEnableArenas;
    if (dice.chance(40)) options.javaMultipleFiles = !options.javaMultipleFiles;
    if (dice.chance(40)) delete (options as Partial<typeof options>).objcClassPrefix;
    if (dice.chance(20)) options.javaStringCheckUtf8 = true;
  },
  "turn proto3 into an edition": (dice, file) => {
    const optional = [...messagesIn(file)].some((found) => found.field.some((one) => one.proto3Optional));
    if (file.syntax !== "proto3" || optional) return;
    file.syntax = "editions";
    file.edition = Edition.EDITION_2023;
    file.options ??= create(FileOptionsSchema);
    delete (file.options as Partial<typeof file.options>).javaStringCheckUtf8;
    file.options.features = create(FeatureSetSchema, {
      fieldPresence: dice.int(1, 2),
      utf8Validation: dice.one([2, 3]),
      jsonFormat: dice.int(1, 2),
      messageEncoding: dice.chance(20) ? 2 : 1,
    });
  },
  "rename a file": (dice, file, { all }) => {
    const renamed = file.name.replace(/(\d*)\.proto$/, `${dice.int(1, 9)}.proto`);
    if (all.some(({ name }) => name === renamed)) return;
    for (const other of all)
      other.dependency = other.dependency.map((path) => (path === file.name ? renamed : path));
    file.name = renamed;
  },
};

export function messagesIn(holder: FileDescriptorProto | DescriptorProto): readonly DescriptorProto[] {
  const own = "messageType" in holder ? holder.messageType : holder.nestedType;
  return own.flatMap((found) => [found, ...messagesIn(found)]);
}

function message(
  change: (dice: Dice, found: DescriptorProto, file: FileDescriptorProto) => unknown,
): RealEdit {
  return (dice, file) => {
    const found = messagesIn(file).filter((one) => !isEntry(one));
    if (found.length > 0) change(dice, dice.one(found), file);
  };
}

function field(
  change: (
    dice: Dice,
    message: DescriptorProto,
    one: FieldDescriptorProto,
    file: FileDescriptorProto,
  ) => unknown,
): RealEdit {
  return (dice, file) => {
    const found = messagesIn(file).filter((one) => one.field.length > 0 && !isEntry(one));
    if (found.length === 0) return;
    const holder = dice.one(found);
    change(dice, holder, dice.one(holder.field), file);
  };
}

function enumeration(change: (dice: Dice, declared: EnumDescriptorProto) => unknown): RealEdit {
  return (dice, file) => {
    const found = [...file.enumType, ...messagesIn(file).flatMap(({ enumType }) => enumType)];
    if (found.length > 0) change(dice, dice.one(found));
  };
}

function method(
  change: (
    dice: Dice,
    found: { readonly service: FileDescriptorProto["service"][number] },
    file: FileDescriptorProto,
  ) => unknown,
): RealEdit {
  return (dice, file) => {
    const found = file.service.filter((service) => service.method.length > 0);
    if (found.length > 0) change(dice, { service: dice.one(found) }, file);
  };
}

/** What options and default there were may not fit any more. */
function retype(one: FieldDescriptorProto, type: FieldDescriptorProto_Type): void {
  one.type = type;
  delete (one as Partial<FieldDescriptorProto>).options;
  delete (one as Partial<FieldDescriptorProto>).defaultValue;
}

const { GROUP, ENUM, MESSAGE } = FieldDescriptorProto_Type;

const scalars: readonly FieldDescriptorProto_Type[] = Array.from({ length: 18 }, (_, at) => at + 1).filter(
  (type) => type !== GROUP && type !== ENUM && type !== MESSAGE,
);

function range(number: number) {
  return create(DescriptorProto_ReservedRangeSchema, { start: number, end: number + 1 });
}

function isEntry({ options }: DescriptorProto): boolean {
  return options?.mapEntry ?? false;
}

function isMap(message: DescriptorProto, one: FieldDescriptorProto): boolean {
  return message.nestedType.some(
    (nested) => isEntry(nested) && one.typeName.endsWith(`.${message.name}.${nested.name}`),
  );
}

function aloneInOneof(message: DescriptorProto, one: FieldDescriptorProto): boolean {
  if (!Object.hasOwn(one, "oneofIndex")) return false;
  const { oneofIndex } = one;
  return (
    message.field.filter((other) => Object.hasOwn(other, "oneofIndex") && other.oneofIndex === oneofIndex)
      .length < 2
  );
}

/** Whether a message declares types that somebody may use. */
function holds({ nestedType }: DescriptorProto): boolean {
  return nestedType.length > 0;
}

function nameIn(file: FileDescriptorProto, holder: FileDescriptorProto | DescriptorProto): string {
  if (holder === file) return file.package;
  const find = (scope: string, messages: readonly DescriptorProto[]): string | undefined => {
    for (const one of messages) {
      const name = `${scope}.${one.name}`;
      const found = one === holder ? name : find(name, one.nestedType);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(file.package, file.messageType) ?? file.package;
}
