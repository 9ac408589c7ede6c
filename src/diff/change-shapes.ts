import type { Element } from "../schema/index.js";

/** Something that is there on both sides and differs in one aspect. */
export interface Changed<Kind extends string, E extends Element> {
  readonly kind: Kind;
  readonly before: E;
  readonly after: E;
  /** The aspect, in words of the source: a type, a name, a state; "" where there was none. */
  readonly from: string;
  readonly to: string;
}

/** Something that is gone; its own parts are gone with it and make no changes of their own. */
export interface Removed<Kind extends string, E extends Element, P extends Element> {
  readonly kind: Kind;
  readonly before: E;
  /** What it left, as it is after. */
  readonly parent: P;
}

/** Something that is there for the first time, and each part of it likewise. */
export interface Added<Kind extends string, E extends Element, P extends Element> {
  readonly kind: Kind;
  readonly after: E;
  /** What it joined, as it was before; `undefined` where that is new too. */
  readonly parent: P | undefined;
}

/** A type or service that its full name no longer finds in any file. */
export type Gone<Kind extends string, E extends Element> = Omit<Removed<Kind, E, Element>, "parent">;
