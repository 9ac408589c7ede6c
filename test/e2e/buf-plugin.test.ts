import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bufYaml, makeWorkspace } from "./buf-plugin.js";

const head = (name: string) => `syntax = "proto3";
package ${name};
import "proto4/options.proto";
`;
const order = (fields: string) => `${head("orders.v1")}message Order {\n${fields}}\n`;
const user = (fields: string) => `${head("users.v1")}message User {\n${fields}}\n`;

/** In orders a FROZEN field changes, in users one leaves without a word: of each, buf sees what is its own. */
const broken = {
  "before/orders/orders/v1/order.proto": order("  string id = 1 [(proto4.field_lifecycle) = FROZEN];\n"),
  "work/orders/orders/v1/order.proto": order("  bytes id = 1 [(proto4.field_lifecycle) = FROZEN];\n"),
  "before/users/users/v1/user.proto": user(
    "  string name = 1 [(proto4.field_lifecycle) = STABLE];\n  string nick = 2;\n",
  ),
  "work/users/users/v1/user.proto": user("  string nick = 2;\n"),
};

const bufs = [
  'orders/orders/v1/order.proto:5:3:Field "1" with name "id" on message "Order" changed type from "string" to "bytes".',
  'users/users/v1/user.proto:4:1:Previously present field "1" with name "name" on message "User" was deleted.',
];

const lines = (text: string) => text.trimEnd().split("\n");
const ours = (text: string) => lines(text).filter((line) => line.endsWith(" (buf-plugin-proto4)"));
const others = (text: string) => lines(text).filter((line) => !line.endsWith(" (buf-plugin-proto4)"));

describe("buf breaking", () => {
  test("tells of each module what proto4 finds beside what buf finds", async () => {
    const { breaking } = await makeWorkspace({ "buf.yaml": bufYaml(), ...broken });
    const { stdout, code, stderr } = await breaking();
    expect([code, stderr, others(stdout)]).toEqual([100, "", bufs]);
    expect(ours(stdout).map((line) => line.slice(0, line.indexOf(";")))).toEqual([
      'orders/orders/v1/order.proto:5:3:field 1 "id" of orders.v1.Order is FROZEN and changed its features from UTF-8 VERIFY to none',
      'orders/orders/v1/order.proto:5:3:field 1 "id" of orders.v1.Order is FROZEN and changed its type from string to bytes',
      'users/users/v1/user.proto:4:1:field 1 "name" of users.v1.User left while STABLE',
      'users/users/v1/user.proto:4:1:field 1 "name" of users.v1.User left without reserving 1 and "name"',
    ]);
  });

  test("prints ids of proto4's rules where buf prints ids", async () => {
    const { buf } = await makeWorkspace({ "buf.yaml": bufYaml(), ...broken });
    const { stdout } = await buf(["breaking", "--against", "../before", "--error-format", "json"]);
    const found = lines(stdout).map((line) => JSON.parse(line));
    const frozen = found.filter(({ type }) => type === "LIFECYCLE_FROZEN");
    expect(frozen[0]).toMatchObject({
      path: "orders/orders/v1/order.proto",
      start_line: 5,
      start_column: 3,
      end_line: 5,
    });
    expect(found.filter(({ type }) => type === "LIFECYCLE_REMOVAL")).toHaveLength(2);
  });

  test.each([
    ["ignore_only: {LIFECYCLE_FROZEN: [orders/orders/v1]}", /FROZEN/],
    ["ignore_only: {PROTO4_LIFECYCLE: [orders/orders]}", /FROZEN/],
    ["except: [LIFECYCLE_FROZEN]", /FROZEN/],
  ])("says nothing of what %s leaves out", async (more, gone) => {
    const { breaking } = await makeWorkspace({ "buf.yaml": bufYaml("", more), ...broken });
    const { stdout } = await breaking();
    expect(others(stdout)).toEqual(bufs);
    expect(ours(stdout)).toHaveLength(2);
    expect(ours(stdout).join("\n")).not.toMatch(gone);
  });

  test("says nothing in files that are ignored", async () => {
    const { breaking } = await makeWorkspace({ "buf.yaml": bufYaml("", "ignore: [users]"), ...broken });
    const { stdout } = await breaking();
    expect(others(stdout)).toEqual(bufs.slice(0, 1));
    expect(ours(stdout)).toHaveLength(2);
  });

  test("a comment leaves nothing out, as of buf's own rules for changes", async () => {
    const comment = "  // buf:lint:ignore LIFECYCLE_FROZEN\n  // buf:breaking:ignore LIFECYCLE_FROZEN\n";
    const { breaking } = await makeWorkspace({
      "buf.yaml": bufYaml(),
      ...broken,
      "work/orders/orders/v1/order.proto": order(
        `${comment}  bytes id = 1 [(proto4.field_lifecycle) = FROZEN];\n`,
      ),
    });
    expect(ours((await breaking()).stdout)).toHaveLength(4);
  });

  test("what is only imported is told like what buf finds there: unless imports are excluded", async () => {
    const imported = {
      "buf.yaml": bufYaml(),
      ...broken,
      "users/users/v1/user.proto": user("  orders.v1.Order order = 1;\n").replace(
        "message",
        'import "orders/v1/order.proto";\nmessage',
      ),
    };
    const { buf } = await makeWorkspace(imported);
    // The image of one module has the other's files as imports.
    const args = ["breaking", "users", "--against", "../before/users"];
    const all = await buf(args);
    expect([others(all.stdout).length, ours(all.stdout).length]).toEqual([1, 2]);
    const own = await buf([...args, "--exclude-imports"]);
    expect(own).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("says nothing in unstable packages where buf is to ignore them", async () => {
    const unstable = Object.entries(broken).map(
      ([path, text]) => [path, text.replace("users.v1", "users.v1alpha1")] as const,
    );
    const { breaking } = await makeWorkspace({
      "buf.yaml": bufYaml("", "ignore_unstable_packages: true"),
      ...Object.fromEntries(unstable),
    });
    const { stdout } = await breaking();
    expect([others(stdout), ours(stdout).length]).toEqual([bufs.slice(0, 1), 2]);
  });

  test("leaves rules unasked that buf.yaml does not name", async () => {
    const config = bufYaml().replace(", PROTO4_LIFECYCLE, PROTO4_STRICT]", "]");
    const { breaking } = await makeWorkspace({ "buf.yaml": config, ...broken });
    expect(lines((await breaking()).stdout)).toEqual(bufs);
  });

  test("without use, LIFECYCLE and STRICT are asked beside what buf asks", async () => {
    const config = bufYaml().replace(/ {2}use: \[FILE.*\n/, "  except: [FILE_SAME_SYNTAX]\n");
    const { breaking } = await makeWorkspace({ "buf.yaml": config, ...broken });
    const { stdout } = await breaking();
    expect([others(stdout), ours(stdout).length]).toEqual([bufs, 4]);
  });

  test("is quiet where nothing is wrong", async () => {
    const { breaking, buf } = await makeWorkspace({
      "buf.yaml": bufYaml(),
      "orders/orders/v1/order.proto": order("  string id = 1 [(proto4.field_lifecycle) = FROZEN];\n"),
      "users/users/v1/user.proto": user("  string name = 1;\n"),
    });
    expect(await breaking()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await buf(["lint"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("buf lint", () => {
  const draft = (comment: string) => ({
    "buf.yaml": bufYaml(),
    "orders/orders/v1/order.proto": order(
      `${comment}  Draft draft = 1 [(proto4.field_lifecycle) = FROZEN];\n  message Draft {\n    option (proto4.message_lifecycle) = EXPERIMENTAL;\n  }\n`,
    ),
    "users/users/v1/user.proto": user("  string name = 1;\n"),
  });

  test("tells how the sources stand, but where a comment ignores the rule", async () => {
    const lint = async (comment: string) => (await makeWorkspace(draft(comment))).buf(["lint"]);
    const { stdout, code } = await lint("");
    expect(code).toBe(100);
    expect(lines(stdout)).toEqual([
      expect.stringMatching(/^orders\/orders\/v1\/order\.proto:5:3:.*EXPERIMENTAL.*\(buf-plugin-proto4\)$/),
    ]);
    expect(await lint("  // buf:lint:ignore LIFECYCLE_MOVE\n")).toMatchObject({ code: 100 });
    const ignored = await lint("  // buf:lint:ignore LIFECYCLE_REFERENCE\n");
    expect(ignored).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("an option", () => {
  test.each([
    ["notise: 90d", /options\.notise of buf-plugin-proto4 in buf\.yaml: .*did you mean notice\?/],
    ["beside: [FILE, WIER]", /options\.beside\[1\] of .*did you mean WIRE\?/],
    ["policy: wrong.yaml", /wrong\.yaml:2:1: there is no key "fail" here; did you mean fail_on\?/],
  ])("%s is refused in buf's output", async (option, message) => {
    const { breaking, buf } = await makeWorkspace({
      "buf.yaml": bufYaml(option),
      "wrong.yaml": "version: v1\nfail: error\n",
      ...broken,
    });
    const [{ code, stderr }, lint] = await Promise.all([breaking(), buf(["lint"])]);
    expect(stderr).toMatch(message);
    expect([code, lint]).toEqual([1, { code, stderr, stdout: "" }]);
  });

  test("beside keeps from being said what buf says", async () => {
    const optional = {
      "before/users/users/v1/user.proto": user("  string name = 1;\n"),
      "work/users/users/v1/user.proto": user("  optional string name = 1;\n"),
      "orders/orders/v1/order.proto": order(""),
    };
    const told = async (option: string) => {
      const { breaking } = await makeWorkspace({ "buf.yaml": bufYaml(option), ...optional });
      return (await breaking()).stdout;
    };
    const [both, once] = [await told("fail_on: warning"), await told("fail_on: warning, beside: [FILE]")];
    expect([others(both).length, ours(both).length]).toEqual([1, 1]);
    expect([others(once), ours(once)]).toEqual([others(both), []]);
  });
});

describe("what keeps proto4 from judging leaves buf's own findings, and is one", () => {
  /** The command that is killed, or says no, in place of Node. */
  async function brokenNode(folder: string, script: string): Promise<string> {
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "bin/node"), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, "bin/node"), 0o755);
    return [join(folder, "bin"), join(folder, "node_modules/.bin"), process.env.PATH].join(delimiter);
  }

  test.each(["exit 3", "kill -9 $$"])("Node ends by %s, before it has read much", async (script) => {
    const fields = Array.from({ length: 2000 }, (_, index) => `  string field_${index} = ${index + 1};\n`);
    const { folder, breaking } = await makeWorkspace({
      "buf.yaml": bufYaml(),
      ...broken,
      "orders/orders/v1/large.proto": order(fields.join("")).replace("message Order", "message Large"),
    });
    const { stdout, code } = await breaking({ PATH: await brokenNode(folder, script) });
    expect(code).toBe(100);
    expect(others(stdout)).toEqual(bufs);
    expect(ours(stdout)[0]).toMatch(/proto4 has judged nothing: Node did not start, or was ended/);
  });

  test("a mistake of its own, whose stack is shown", async () => {
    const { folder, breaking } = await makeWorkspace({ "buf.yaml": bufYaml(), ...broken });
    await writeFile(
      join(folder, "break.cjs"),
      'require("crypto").createHash = () => { throw new Error("broken on purpose"); };',
    );
    const env = { NODE_OPTIONS: `--require "${join(folder, "break.cjs")}"` };
    const { stdout, stderr, code } = await breaking(env);
    expect([code, others(stdout)]).toEqual([100, bufs]);
    expect(ours(stdout)[0]).toMatch(/by a mistake of its own: broken on purpose; please report it/);
    expect(stderr).toMatch(/Error: broken on purpose\n +at /);
  });

  test("sources that proto4 cannot read", async () => {
    const { folder, breaking, buf } = await makeWorkspace({
      "buf.yaml": bufYaml(),
      ...broken,
      "work/users/users/v1/user.proto": user("  string nick = 2 [(proto4.field_lifecycle) = PHANTOM];\n"),
    });
    const file = join(folder, "work/orders/proto4/options.proto");
    const options = await readFile(file, "utf8");
    await writeFile(file, options.replace("DEPRECATED = 4;", "DEPRECATED = 4; PHANTOM = 9;"));
    const outcomes = await Promise.all([breaking(), buf(["lint"])]);
    for (const { stdout, code } of outcomes) {
      expect(code).toBe(100);
      expect(ours(stdout)).toContainEqual(
        expect.stringMatching(
          /^users\/users\/v1\/user\.proto:5:\d+:proto4 has judged nothing: lifecycle 9 is not/,
        ),
      );
    }
    expect(others(outcomes[0].stdout)).toEqual(bufs);
  });
});

test("a link to a link of the command works, in a folder with a space in its name", async () => {
  const { folder, breaking } = await makeWorkspace({ "buf.yaml": bufYaml(), ...broken });
  await mkdir(join(folder, "more bin"));
  await symlink("../node_modules/.bin/buf-plugin-proto4", join(folder, "more bin/buf-plugin-proto4"));
  const { stdout } = await breaking({ PATH: [join(folder, "more bin"), process.env.PATH].join(delimiter) });
  expect(ours(stdout)).toHaveLength(4);
});
