/**
 * User code that converts fields which no mapping can. Both directions get and give plain objects: fields by
 * their names in TypeScript (`fullName`), numbers of 64 bits as bigint, bytes and messages as Uint8Array, lists
 * as arrays, maps as objects; a member is absent, or undefined, where the field is. It must not keep or change what
 * it gets.
 */
export interface Hook<V3 extends HookFields = HookFields, V4 extends HookFields = HookFields> {
  /** What it promises, which proofs hold it to; OPAQUE if it says nothing. */
  readonly class?: HookClass;
  up(fields: V3): V4;
  down(fields: V4): V3;
}

/**
 * ISO: each way leads back, whatever the fields hold. LENS: one side has no words for some of what the other says.
 * PRISM: some values do not fit the other side. OPAQUE: nothing is said. But for ISO, the stash brings back what
 * the code does not.
 */
export type HookClass = "ISO" | "LENS" | "PRISM" | "OPAQUE";

export type HookFields = Readonly<Record<string, unknown>>;

/** By the names in the plan. */
export type Hooks = Readonly<Record<string, Hook>>;
