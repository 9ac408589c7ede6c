import { locateFeature } from "../schema/index.js";
import { describe } from "./describe.js";
import { makeOptional } from "./fixes/keep-field.js";
import { nowFree } from "./now-free.js";
import { placeOf } from "./place.js";
import { fieldSource, keptSource, oneofSource } from "./proto-source.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const oneofNoDelete: Rule = {
  id: "ONEOF_NO_DELETE",
  purpose: "Checks that oneofs are not deleted from a message.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["source"],
  judge: {
    "oneof-removed": ({ before, parent }) => [
      {
        message: `oneof "${before.name}" left message ${parent.fullName}`,
        at: placeOf(parent),
        suggestion: steps(["keep it", oneofSource(before.name, before.fields, parent)]),
      },
    ],
  },
};

export const messageSameRequiredFields: Rule = {
  id: "MESSAGE_SAME_REQUIRED_FIELDS",
  purpose: "Checks that no required field joins or leaves a message.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "required-removed": ({ before, parent }) => [
      {
        message: `${describe(before)} is no longer required, but readers of before refuse a message without it`,
        at: placeOf(parent),
        suggestion: steps(["keep it", keptSource(before, parent)]),
      },
    ],
    "required-added": ({ after }, context) => [
      {
        message: `${describe(after)} is required now, but nobody sent it before`,
        at: placeOf(after),
        suggestion: steps(["make it optional", fieldSource({ ...after, cardinality: "explicit" })]),
        ...makeOptional(after, context),
      },
    ],
  },
};

export const messageSameJsonFormat: Rule = {
  id: "MESSAGE_SAME_JSON_FORMAT",
  purpose: "Checks that messages that have a JSON format keep it.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  breaks: ["json"],
  judge: {
    "message-json-format-changed": ({ after, from, to }) =>
      from !== "ALLOW"
        ? []
        : [
            {
              message: `${describe(after)} changed its JSON format from ${from} to ${to}`,
              at: locateFeature(after, JSON_FORMAT) ?? placeOf(after),
              suggestion:
                after.file.syntax === "editions"
                  ? steps(["keep it", "option features.json_format = ALLOW;"])
                  : ["keep the file's syntax as it was"],
            },
          ],
  },
};

export const messageNoRemoveStandardDescriptorAccessor: Rule = {
  id: "MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR",
  purpose: "Checks that messages keep the accessor of their descriptor.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["source"],
  judge: {
    "descriptor-accessor-changed": ({ after, to }) =>
      to === "true"
        ? [
            {
              message: `${describe(after)} lost the accessor of its descriptor`,
              at: placeOf(after, "no-standard-descriptor-accessor"),
              suggestion: ["leave the option no_standard_descriptor_accessor out"],
            },
          ]
        : [],
  },
};

export const extensionMessageNoDelete: Rule = {
  id: "EXTENSION_MESSAGE_NO_DELETE",
  purpose: "Checks that a message stays open to the extensions that it was open to.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["stored-data", "newer-readers", "source"],
  judge: {
    "extension-range-removed": ({ after, from, freed }) => [
      {
        message: `message ${after.fullName} no longer takes extensions ${from}${nowFree(from, freed)}`,
        at: placeOf(after),
        suggestion: steps(["keep them", `extensions ${from};`]),
      },
    ],
  },
};

/** Field number in FeatureSet. */
const JSON_FORMAT = 6;
