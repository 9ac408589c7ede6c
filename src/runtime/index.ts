export type { MethodBridge, ServiceBridge } from "./bridge.js";
export type { Lost } from "./context.js";
export { type EntryFields, fieldsOf } from "./fields-of.js";
export type * from "./plan.js";
export { TranslateError, type TranslateErrorCode } from "./translate-error.js";
export {
  createTranslator,
  type Translated,
  type TranslateOptions,
  type Translator,
} from "./translator.js";
