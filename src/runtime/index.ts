export type { MethodBridge, ServiceBridge } from "./bridge.js";
export type * from "./plan.js";
export {
  createTranslator,
  type Lost,
  type Translated,
  type TranslateOptions,
  type Translator,
} from "./translator.js";
