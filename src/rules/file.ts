import { placeOf } from "./place.js";
import { syntaxSource } from "./print/print-file.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const fileNoDelete: Rule = {
  id: "FILE_NO_DELETE",
  purpose: "Checks that files are not deleted.",
  severity: "error",
  categories: ["FILE", "CSR"],
  breaks: ["source"],
  judge: {
    "file-removed": ({ before }) => [
      {
        message: `file ${before.fullName} is gone`,
        suggestion: ["put it back: those who import it, or its generated code, do so by its path"],
      },
    ],
  },
};

export const fileSameSyntax: Rule = {
  id: "FILE_SAME_SYNTAX",
  purpose: "Checks that files keep their syntax: proto2, proto3 or editions.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["source"],
  judge: {
    "file-syntax-changed": ({ before, after, from, to }) => [
      {
        message: `file ${after.fullName} changed its syntax from ${from} to ${to}`,
        at: placeOf(after, "syntax"),
        was: placeOf(before, "syntax"),
        suggestion: steps(["keep it", syntaxSource(before)]),
      },
    ],
  },
};

export const fileSamePackage: Rule = {
  id: "FILE_SAME_PACKAGE",
  purpose: "Checks that files keep their package.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["json", "source", "rpc"],
  judge: {
    "file-package-changed": ({ before, after, from, to }) => [
      {
        message: `file ${after.fullName} changed its package from "${from}" to "${to}"`,
        at: placeOf(after, "package"),
        was: placeOf(before, "package"),
        suggestion: steps(
          ["keep it", from === "" ? "no package statement" : `package ${from};`],
          ["put the other into a file of its own", to === "" ? "no package statement" : `package ${to};`],
        ),
      },
    ],
  },
};
