import { expect, test } from "vitest";
import { openStore } from "../../src/registry/store/index.js";

test.each([
  "consul://jo:s3cret@127.0.0.1:8500",
  "consul://127.0.0.1:8500/team?token=s3cret",
  "consul://127.0.0.1:8500?dc=east&token=s3cret",
  "consul://127.0.0.1:8500?dc=east?token=s3cret",
  "https://jo:p@/s3cret@127.0.0.1:8500/v1",
])("%s is refused without what must not stand in a log", async (address) => {
  const refused = openStore(address, { now: () => 0 });
  await expect(refused).rejects.toMatchObject({ code: "usage" });
  await expect(refused).rejects.toThrow(/^"(consul|https):\/\/(…@)?127\.0\.0\.1:8500/);
  await expect(refused).rejects.not.toThrow(/s3cret/);
});

test("a refused address is shown as it was given where it has no secrets", async () => {
  await expect(openStore("consul://a b?dc=east", { now: () => 0 })).rejects.toThrow(
    /^"consul:\/\/a b\?dc=east" is no address of a Consul: .*, and give a token by CONSUL_HTTP_TOKEN/,
  );
});

test.each(["s3cret\n", "s3 cret", "s3cr\u00e9t"])(
  "the token %j is refused at once, and not shown",
  async (token) => {
    const opened = openStore("consul://127.0.0.1:1", { now: () => 0, token });
    await expect(opened).rejects.toMatchObject({ code: "usage" });
    await expect(opened).rejects.toThrow(/line break/);
    await expect(opened).rejects.not.toThrow(/s3/);
  },
);
