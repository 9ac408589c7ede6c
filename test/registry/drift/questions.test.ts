import { beforeAll, describe, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { buildBoard, worstDrift } from "../../../src/registry/drift/board.js";
import { canIDeploy } from "../../../src/registry/drift/can-i-deploy.js";
import { canIRemove } from "../../../src/registry/drift/can-i-remove.js";
import { type Contracts, loadContracts } from "../../../src/registry/drift/contracts.js";
import { setEnvironment } from "../../../src/registry/drift/environment.js";
import { loadAllObserved, loadObserved } from "../../../src/registry/drift/observed.js";
import { boardFormats, reportBoard } from "../../../src/registry/drift/report/report-board.js";
import { type JoinContract, join } from "../../../src/registry/join.js";
import type { Store } from "../../../src/registry/store/index.js";
import { fingerprint } from "../../../src/schema/index.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, openTestStore } from "../stores.js";

const day = 86_400_000;
const start = Date.parse("2026-11-22T10:00:00Z");
let compiled: readonly Compiled[];
const of = (index: number, role: JoinContract["role"]): JoinContract => ({
  package: "acme.v1",
  fingerprint: fingerprint(compiled[index]!.image, "acme.v1"),
  role,
});

const withService = (methods: string, ...fields: readonly string[]) => {
  const [[path, text] = ["", ""]] = Object.entries(userProto(...fields));
  return { [path]: `${text}service Users { ${methods} }\n` };
};

beforeAll(async () => {
  const get = "rpc Get(User) returns (User);";
  compiled = await Promise.all([
    compile(withService(get, "string name = 1", "string fax = 2")),
    compile(withService(`${get} rpc List(User) returns (stream User);`, "string name = 1", "string fax = 2")),
  ]);
});

describeStores("who runs what", ({ fresh }) => {
  let address = "";
  let store: Store;
  let contracts: Contracts;
  let now = start;
  const clock = () => now;

  beforeAll(async () => {
    address = fresh();
    // The leases of an embedded store end by its clock: this one stands still between questions.
    store = await openTestStore(address, clock);
    for (const each of compiled) await push(store, each);
    contracts = await loadContracts({ store, cache: noCache }, { category: "WIRE", today: "2026-11-22" });
  });

  const joining = (environment: string, service: string, contract: JoinContract, more = {}) =>
    join(
      { store: address, subject: "acme/user", environment, service, contract, ...more },
      { now: clock, random: Math.random },
    );
  const remove = async (element: string, environment: string) =>
    canIRemove(element, await loadObserved(store, environment), contracts, now);
  const deploy = async (
    index: number,
    service: string,
    environment: string,
    roles?: ["calls"] | ["serves"],
  ) => {
    const fingerprints = [of(index, "serves").fingerprint];
    return canIDeploy(
      { service, fingerprints, roles },
      await loadObserved(store, environment),
      contracts,
      now,
    );
  };
  const declare = (environment: string) =>
    setEnvironment(store, {
      environment,
      complete: { reason: "the chart of every service joins" },
      by: "jo",
      at: new Date(now).toISOString(),
      id: `declare-${environment}`,
    });

  describe("removing", () => {
    test("no while it is spoken, unknown within the window, yes when that is over and coverage declared", async () => {
      const api = await joining("remove", "api", of(0, "serves"));
      const no = await remove("acme.v1.User.fax", "remove");
      expect(no.answer).toBe("no");
      expect(no.reasons[0]).toMatchObject({
        says: "no",
        kind: "live",
        service: "api",
        instances: 1,
        message: "api, 1 live on acme/user@1, speaks it: its contract has it",
      });
      await api.leave();
      const unknown = await remove("acme.v1.User.fax", "remove");
      expect(unknown.answer).toBe("unknown");
      expect(unknown.reasons.map(({ kind }) => kind)).toEqual(["seen", "coverage", "observation"]);
      await declare("remove");
      now += 30 * day;
      expect((await remove("acme.v1.User.fax", "remove")).answer).toBe("unknown");
      now += day;
      const yes = await remove("acme.v1.User.fax", "remove");
      expect(yes.answer).toBe("yes");
      expect(yes.reasons.map(({ kind }) => kind)).toEqual(["seen", "coverage", "observation"]);
      now = start;
    });

    test("whoever counts all uses and has none does not speak, from a whole window on", async () => {
      await declare("count");
      const other = await joining("count", "old", of(0, "serves"));
      await other.leave();
      const counts = { counts: ["acme.v1.User"], instance: "one" };
      const first = await joining("count", "api", of(1, "serves"), counts);
      first.used("acme.v1.User.name");
      await first.leave();
      now += 31 * day;
      const second = await joining("count", "api", of(1, "serves"), counts);
      expect((await remove("acme.v1.User.fax", "count")).answer).toBe("yes");
      // The method is no part of what is counted.
      expect((await remove("acme.v1.Users.List", "count")).answer).toBe("no");
      second.used("acme.v1.User.fax");
      await second.leave();
      expect((await remove("acme.v1.User.fax", "count")).answer).toBe("unknown");
      now = start;
    });

    test("one instance that does not count undoes the counting of the others", async () => {
      await declare("mixed");
      const counting = await joining("mixed", "api", of(1, "serves"), { counts: ["acme.v1"] });
      const careless = await joining("mixed", "api", of(1, "serves"));
      await counting.leave();
      await careless.leave();
      now += 31 * day;
      const again = await joining("mixed", "api", of(1, "serves"), { counts: ["acme.v1"] });
      expect((await remove("acme.v1.User.fax", "mixed")).answer).toBe("no");
      await again.leave();
      now = start;
    });

    test("a contract that the registry does not hold leaves it unknown", async () => {
      await declare("strange");
      const contract = { ...of(0, "serves"), fingerprint: "f".repeat(64) };
      const stranger = await joining("strange", "api", contract, { policy: "warn" });
      const { answer, reasons } = await remove("acme.v1.User.fax", "strange");
      expect(answer).toBe("unknown");
      expect(reasons[0]).toMatchObject({ kind: "contract-unknown", service: "api" });
      await stranger.leave();
    });

    test.each([
      ["acme.v1.User.fox", /such as acme\.v1\.User\.fax/],
      ["acme.v2.User", /such as acme\.v1/],
      ["nobody.knows", /^no version of any contract has nobody\.knows/],
    ])("%s is in no contract", async (element, message) => {
      await expect(remove(element, "remove")).rejects.toMatchObject({
        code: "usage",
        message: expect.stringMatching(message),
      });
    });
  });

  describe("deploying", () => {
    test("no while a live peer does not get on with it, in a direction in which they talk", async () => {
      const api = await joining("deploy", "api", of(0, "serves"));
      const no = await deploy(1, "web", "deploy", ["calls"]);
      expect(no.answer).toBe("no");
      expect(no.reasons[0]).toMatchObject({ says: "no", kind: "live", service: "api" });
      expect(no.reasons[0]!.message).toMatch(
        /^not understood are the requests that web sends to api, 1 live on acme\/user@1: RPC_NO_DELETE/,
      );
      // The same contract as another server's is nobody's trouble.
      const server = await deploy(1, "api2", "deploy", ["serves"]);
      expect(server.reasons.map(({ kind }) => kind)).toEqual(["coverage", "observation"]);
      await api.leave();
      const seen = await deploy(1, "web", "deploy", ["calls"]);
      expect(seen).toMatchObject({ answer: "unknown", reasons: [{ kind: "seen" }, {}, {}] });
      await declare("deploy");
      now += 31 * day;
      expect((await deploy(1, "web", "deploy", ["calls"])).answer).toBe("yes");
      now = start;
    });

    test("what the registry does not hold cannot be judged, and what is no fingerprint is refused", async () => {
      const observed = await loadObserved(store, "deploy");
      const ask = (text: string) =>
        canIDeploy({ service: "web", fingerprints: [text] }, observed, contracts, now);
      expect((await ask("0".repeat(64))).reasons[0]).toMatchObject({
        kind: "contract-unknown",
        says: "unknown",
      });
      await expect(ask("abc")).rejects.toMatchObject({ code: "usage" });
    });
  });

  test("the board shows who runs what and who does not get on, the gravest first", async () => {
    const all = [
      await joining("board", "api", of(0, "serves")),
      await joining("board", "api", of(0, "serves")),
      await joining("board", "web", of(1, "calls")),
      await joining("board", "job", { ...of(0, "calls"), fingerprint: "e".repeat(64) }, { policy: "warn" }),
    ];
    now += 20_000;
    const observed = (await loadAllObserved(store)).filter(({ environment }) => environment === "board");
    const board = await buildBoard(observed, contracts, now);
    const [shown] = board.environments;
    expect(
      shown!.runs.map((run) => [run.service, run.instances, run.known?.seq, run.known?.current]),
    ).toEqual([
      ["api", 2, 1, false],
      ["job", 1, undefined, undefined],
      ["web", 1, 2, true],
    ]);
    expect(shown!.drifts.map(({ traffic, severity, weight }) => ({ traffic, severity, weight }))).toEqual([
      { traffic: "requests", severity: "error", weight: 300 },
      { traffic: "unknown", severity: "warning", weight: 10 },
    ]);
    expect(worstDrift(board)).toBe("error");

    for (const format of boardFormats) expect(reportBoard(board, format, 100)).toContain("web");
    expect(JSON.parse(reportBoard(board, "json", 100))).toEqual(JSON.parse(JSON.stringify(board)));
    const table = reportBoard(board, "table", 72);
    expect(table).toContain("error: requests of web ×1, acme/user@2 are not understood by api ×2,");
    for (const width of [40, 72, 200])
      expect(
        Math.max(
          ...reportBoard(board, "table", width)
            .split("\n")
            .slice(1, 5)
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(width);
    for (const each of all) await each.leave();
    now = start;
  });
});
