/**
 * User code that converts fields which no mapping can. Both directions get and give plain objects: fields by
 * their names in TypeScript (`fullName`), numbers of 64 bits as bigint, bytes and messages as Uint8Array, lists
 * as arrays, maps as objects; a member is absent, or undefined, where the field is. It must not keep or change what
 * it gets.
 */
export interface Hook<V3 extends HookFields = HookFields, V4 extends HookFields = HookFields> {
  up(fields: V3): V4;
  down(fields: V4): V3;
}

export type HookFields = Readonly<Record<string, unknown>>;

/** By the names in the plan. */
export type Hooks = Readonly<Record<string, Hook>>;
