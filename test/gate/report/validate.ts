import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { findingsSchema } from "../../../src/gate/report/findings-schema.js";

const addFormats = formats.default;

/** What a schema says is wrong with a value, in words; nothing where it fits. */
export type Complaints = (value: unknown) => readonly string[];

/** SARIF 2.1.0, by the schema that comes with the matcher of its authors. */
export function sarifComplaints(): Complaints {
  const read = createRequire(import.meta.url);
  // It is of draft 4 by name, and uses no word that draft 7 understands in another way.
  const { $schema: _, id: __, ...schema } = read("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  return complaintsBy(
    addFormats(new Ajv({ allErrors: true, strict: false, unicodeRegExp: false })).compile(schema),
  );
}

/** A line of JSON, by the schema that the package has. */
export function findingComplaints(): Complaints {
  return complaintsBy(new Ajv2020({ allErrors: true, strictRequired: false }).compile(findingsSchema()));
}

/**
 * What GitLab asks of a code quality report, as its page says it.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabComplaints(): Complaints {
  const line = { type: "integer", minimum: 1 };
  const begin = { type: "object", required: ["line"], properties: { line, column: line } };
  const issue = {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path"],
        properties: {
          path: { type: "string", pattern: "^(?!\\./|/)" },
          lines: { type: "object", required: ["begin"], properties: { begin: line } },
          positions: { type: "object", required: ["begin"], properties: { begin } },
        },
        anyOf: [{ required: ["lines"] }, { required: ["positions"] }],
      },
    },
  };
  return complaintsBy(new Ajv({ allErrors: true, strict: false }).compile({ type: "array", items: issue }));
}

function complaintsBy(validate: ValidateFunction): Complaints {
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
