/** What an element may hold and say, and what it has to say. */
interface ElementFacts {
  readonly children: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Whether text may stand in it. */
  readonly text?: true;
}

const verdict: ElementFacts = { children: [], required: [], optional: ["type", "message"], text: true };

/**
 * What Jenkins takes for JUnit's format, of which nobody else has written a schema that tools agree on: the facts of
 * its junit-10.xsd that concern a report.
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
const elements: Readonly<Record<string, ElementFacts>> = {
  testsuites: {
    children: ["testsuite"],
    required: [],
    optional: ["name", "time", "tests", "failures", "errors"],
  },
  testsuite: {
    children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
    required: ["name", "tests", "failures", "errors"],
    optional: ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
  },
  testcase: {
    children: ["skipped", "error", "failure", "system-out", "system-err"],
    required: ["name"],
    optional: ["time", "classname", "group"],
  },
  failure: verdict,
  error: verdict,
  skipped: verdict,
  "system-out": { children: [], required: [], optional: [], text: true },
};

/** What is wrong with a JUnit report, in words; nothing where it fits. */
export function junitComplaints(xml: string): readonly string[] {
  const complaints: string[] = [];
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|[^<]+/g,
    (part, close, name, said, empty) => {
      const parent = open.at(-1);
      if (name === undefined) {
        const mayStand = part.trim() === "" || (parent !== undefined && elements[parent]?.text === true);
        if (!mayStand) complaints.push(`text in ${parent ?? "no element"}: ${part.trim()}`);
        complaints.push(...strayAmpersands(part));
      } else if (close === "/") {
        if (open.pop() !== name) complaints.push(`</${name}> closes nothing`);
      } else {
        complaints.push(...complaintsOf(name, parent, said), ...strayAmpersands(said));
        if (empty === "") open.push(name);
      }
      return "";
    },
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml)) complaints.push("control characters");
  if (rest !== "") complaints.push(`this is no XML: ${rest}`);
  return [...complaints, ...open.map((name) => `<${name}> is not closed`)];
}

function complaintsOf(name: string, parent: string | undefined, said: string): readonly string[] {
  const facts = elements[name];
  const allowed = parent === undefined ? ["testsuites"] : (elements[parent]?.children ?? []);
  if (facts === undefined || !allowed.includes(name)) return [`<${name}> in ${parent ?? "no element"}`];
  const names = [...said.matchAll(/([\w-]+)="/g)].map(([, attribute]) => attribute ?? "");
  const known = [...facts.required, ...facts.optional];
  return [
    ...facts.required.filter((each) => !names.includes(each)).map((each) => `<${name}> without ${each}`),
    ...names.filter((each) => !known.includes(each)).map((each) => `<${name}> with ${each}`),
  ];
}

function strayAmpersands(text: string): readonly string[] {
  return [...text.matchAll(/&(?!(?:#\d+|#x[\dA-Fa-f]+|amp|lt|gt|quot|apos);).*/g)].map(
    ([part]) => `stray ${part}`,
  );
}
