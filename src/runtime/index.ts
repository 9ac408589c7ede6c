export { attachStash } from "./attach-stash.js";
export type { MethodBridge, ServiceBridge } from "./bridge.js";
export { createChain } from "./chain/create-chain.js";
export { checkKeepsStash, type StubCodec } from "./check-keeps-stash.js";
export type { Lost } from "./context.js";
export { memberName } from "./convert/hook-object.js";
export { type Detached, detachStash } from "./detach-stash.js";
export { type EntryFields, fieldsOf } from "./fields-of.js";
export type { Hook, HookClass, HookFields, Hooks } from "./hook.js";
export { type HookSide, hookSide } from "./hook-side.js";
export {
  describeLane,
  type FieldDescription,
  type LaneDescription,
} from "./lane/describe-lane.js";
export * as lane from "./lane/printed.js";
export type * from "./plan.js";
export { stashNumber } from "./stash.js";
export { strip } from "./strip.js";
export { stripStash } from "./strip-stash.js";
export { TranslateError, type TranslateErrorCode } from "./translate-error.js";
export {
  createTranslator,
  type Translated,
  type TranslateOptions,
  type Translator,
  type TranslatorOptions,
} from "./translator.js";
