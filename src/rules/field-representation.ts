import type { ChangeOf } from "../diff/index.js";
import { type Field, fileOf, locate, locateFeature } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf, placeOfPart } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

/** What generated code makes of the same bytes. */
export const fieldSameUtf8Validation: Rule = {
  id: "FIELD_SAME_UTF8_VALIDATION",
  purpose: "Checks that text stays checked, or unchecked, for being UTF-8.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  judge: {
    "field-utf8-changed": ({ after, from, to }) => [
      {
        message: `${describe(after)} changed its UTF-8 validation from ${from} to ${to}`,
        at: locateFeature(after, UTF8_VALIDATION) ?? placeOf(after),
        suggestion: keepFeature(after, `utf8_validation = ${from}`),
      },
    ],
  },
};

export const fieldSameJavaUtf8Validation: Rule = {
  id: "FIELD_SAME_JAVA_UTF8_VALIDATION",
  purpose: "Checks that Java keeps checking, or not checking, text for being UTF-8.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  judge: {
    "field-java-utf8-changed": ({ after, from, to }) => [
      {
        message: `${describe(after)} changed its UTF-8 validation in Java from ${from} to ${to}`,
        at:
          locate(fileOf(after), "java-string-check-utf8") ??
          locateFeature(after, PB_JAVA, JAVA_UTF8_VALIDATION) ??
          placeOf(after),
        suggestion: isEditions(after)
          ? keepFeature(
              after,
              from === "VERIFY" ? "(pb.java).utf8_validation = VERIFY" : "utf8_validation = NONE",
            )
          : steps(["keep it", `option java_string_check_utf8 = ${from === "VERIFY"};`]),
      },
    ],
  },
};

export const fieldSameCppStringType: Rule = {
  id: "FIELD_SAME_CPP_STRING_TYPE",
  purpose: "Checks that text and bytes keep their type in C++; STRING_PIECE may become STRING.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  judge: {
    "field-cpp-string-changed": ({ after, from, to }) =>
      from === "STRING_PIECE" && to === "STRING"
        ? []
        : [
            {
              message: `${describe(after)} changed its type in C++ from ${from} to ${to}`,
              at: locate(after, "ctype") ?? locateFeature(after, PB_CPP, CPP_STRING_TYPE) ?? placeOf(after),
              suggestion: steps(["keep it", cppSource(after, from)]),
            },
          ],
  },
};

export const fieldSameJstype: Rule = {
  id: "FIELD_SAME_JSTYPE",
  purpose: "Checks that 64-bit numbers keep their type in JavaScript.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  judge: {
    "field-jstype-changed": (change) => [
      {
        message: `${describe(change.after)} changed its type in JavaScript from ${change.from} to ${change.to}`,
        at: placeOfPart(change.after, "jstype"),
        suggestion: keepJstype(change),
      },
    ],
  },
};

function keepJstype({ from }: ChangeOf<"field-jstype-changed">): readonly string[] {
  return steps(["keep it", `[jstype = ${from}]`]);
}

/** Without editions a feature is what the syntax says. */
function keepFeature(after: Field, feature: string): readonly string[] {
  return isEditions(after)
    ? steps(["keep it", `[features.${feature}]`])
    : ["keep the file's syntax as it was"];
}

function cppSource(after: Field, type: string): string {
  const byOption = fileOf(after).edition < EDITION_2024 && type !== "VIEW";
  return byOption ? `[ctype = ${type}]` : `[features.(pb.cpp).string_type = ${type}]`;
}

function isEditions(field: Field): boolean {
  return fileOf(field).syntax === "editions";
}

const EDITION_2024 = 1001;
/** Field numbers of FeatureSet, and of its extensions for C++ and Java. */
const UTF8_VALIDATION = 4;
const PB_CPP = 1000;
const CPP_STRING_TYPE = 2;
const PB_JAVA = 1001;
const JAVA_UTF8_VALIDATION = 2;
