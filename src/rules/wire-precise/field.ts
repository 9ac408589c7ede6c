import type { Rule } from "../rule.js";
import { judgeAspect, precise } from "./aspect.js";
import { misreadCardinality, misreadDefault, misreadOneof, misreadPresence, misreadUtf8 } from "./label.js";
import { misreadType } from "./type.js";

export const fieldPreciseType: Rule = {
  ...precise,
  id: "FIELD_PRECISE_TYPE",
  purpose: "Checks that every value of a field is the same in its type before and after.",
  judge: {
    "field-type-changed": (change, context) =>
      judgeAspect(change, context, "type", (writer, reader, way) => misreadType(writer, reader, way)),
  },
};

export const fieldPreciseCardinality: Rule = {
  ...precise,
  id: "FIELD_PRECISE_CARDINALITY",
  purpose: "Checks that nobody who expects one value is sent several.",
  judge: {
    "field-cardinality-changed": (change, context) =>
      judgeAspect(change, context, "label", misreadCardinality),
  },
};

export const fieldPrecisePresence: Rule = {
  ...precise,
  id: "FIELD_PRECISE_PRESENCE",
  purpose: "Checks that a zero that was set is not taken for nothing.",
  judge: {
    "field-cardinality-changed": (change, context) =>
      judgeAspect(change, context, "presence", misreadPresence),
  },
};

export const fieldPreciseDefault: Rule = {
  ...precise,
  id: "FIELD_PRECISE_DEFAULT",
  purpose: "Checks that what is left unset is read as the same value.",
  judge: {
    "field-default-changed": (change, context) => judgeAspect(change, context, "default", misreadDefault),
  },
};

export const fieldPreciseOneof: Rule = {
  ...precise,
  id: "FIELD_PRECISE_ONEOF",
  purpose: "Checks that fields that could be set together do not come to exclude each other.",
  judge: {
    "field-oneof-changed": (change, context) => judgeAspect(change, context, "oneof", misreadOneof),
  },
};

export const fieldPreciseUtf8: Rule = {
  ...precise,
  id: "FIELD_PRECISE_UTF8",
  purpose: "Checks that nobody refuses text that others need not check for being UTF-8.",
  judge: {
    "field-utf8-changed": (change, context) => judgeAspect(change, context, "UTF-8 validation", misreadUtf8),
  },
};
