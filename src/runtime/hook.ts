/**
 * User code that converts fields which no mapping can. Both directions get and give plain objects: fields by
 * their names in TypeScript (`fullName`), numbers of 64 bits as bigint, bytes and messages as Uint8Array, lists
 * as arrays, maps as objects; a member is absent, or undefined, where the field is. It must not keep or change what
 * it gets.
 */
export interface Hook {
  up(fields: HookFields): HookFields;
  down(fields: HookFields): HookFields;
}

export type HookFields = Readonly<Record<string, unknown>>;

/** By the names in the plan. */
export type Hooks = Readonly<Record<string, Hook>>;
