import type { Element, Enum, Field, Message, SchemaFile, Service } from "../../schema/index.js";
import { inSourceOrder } from "../print/layout.js";

/** Full names of what stood before an element where it was declared, nearest last; of many only the nearest. */
export function siblingsBefore(element: Exclude<Element, SchemaFile>): readonly string[] {
  const home = homeOf(element);
  const order = orders.get(home) ?? orderOf(home);
  orders.set(home, order);
  const at = order.index.get(element) ?? 0;
  return order.names.slice(Math.max(0, at - MOST), at);
}

type Home = SchemaFile | Message | Enum | Service | NonNullable<Field["oneof"]>;

function homeOf(element: Exclude<Element, SchemaFile>): Home {
  return element.kind === "field" ? (element.oneof ?? element.parent) : element.parent;
}

interface Order {
  readonly names: readonly string[];
  readonly index: ReadonlyMap<Element, number>;
}

/** A message may have thousands of fields, and lose each of them. */
const orders = new WeakMap<Home, Order>();

function orderOf(home: Home): Order {
  const sorted = inSourceOrder(childrenOf(home));
  return {
    names: sorted.map(({ fullName }) => fullName),
    index: new Map(sorted.map((child, index) => [child, index])),
  };
}

function childrenOf(home: Home): readonly Element[] {
  switch (home.kind) {
    case "oneof":
      return home.fields;
    case "enum":
      return home.values;
    case "service":
      return home.methods;
    case "file":
      return [...home.messages, ...home.enums, ...home.services, ...home.extensions];
    case "message":
      return [
        ...home.fields.filter(({ oneof }) => oneof === undefined),
        ...home.oneofs,
        ...home.messages.filter(({ mapEntry }) => !mapEntry),
        ...home.enums,
        ...home.extensions,
      ];
  }
}

/** More than a deletion usually takes in a row. */
const MOST = 16;
