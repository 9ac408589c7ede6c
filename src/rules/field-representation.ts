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
  breaks: ["stored-data", "elder-readers", "newer-readers"],
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
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-java-utf8-changed": (change) => [
      {
        message: `${describe(change.after)} changed its UTF-8 validation in Java from ${change.from} to ${change.to}`,
        at:
          locate(fileOf(change.after), "java-string-check-utf8") ??
          locateFeature(change.after, PB_JAVA, JAVA_UTF8_VALIDATION) ??
          placeOf(change.after),
        suggestion: keepJava(change),
      },
    ],
  },
};

export const fieldSameCppStringType: Rule = {
  id: "FIELD_SAME_CPP_STRING_TYPE",
  purpose: "Checks that text and bytes keep their type in C++; STRING_PIECE may become STRING.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  breaks: ["source"],
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
  breaks: ["source"],
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

function keepJava({ before, after, from }: ChangeOf<"field-java-utf8-changed">): readonly string[] {
  const { javaUtf8Validation } = before.features;
  if (javaUtf8Validation === after.features.javaUtf8Validation)
    return keepFeature(after, `utf8_validation = ${from}`);
  return isEditions(after)
    ? keepFeature(after, `(pb.java).utf8_validation = ${javaUtf8Validation}`)
    : steps(["keep it", `option java_string_check_utf8 = ${javaUtf8Validation === "VERIFY"};`]);
}

/** Without editions a feature is what the syntax says; the parts of a map have none of their own. */
function keepFeature(after: Field, feature: string): readonly string[] {
  if (!isEditions(after)) return ["keep the file's syntax as it was"];
  const inMap = after.parent.kind === "message" && after.parent.mapEntry;
  return steps(["keep it", inMap ? `option features.${feature};` : `[features.${feature}]`]);
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
