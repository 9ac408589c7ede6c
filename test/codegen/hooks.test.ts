import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { registerBoth } from "proto4/connect";
import { expect, test } from "vitest";
import { names, personTranslator } from "../../fixtures/codegen/hooks/app/names.js";
import * as v3 from "../../fixtures/codegen/hooks/gen/staff/v3/person_pb.js";
import {
  createGetPersonResponseTranslator,
  createPeopleServiceBridge,
} from "../../fixtures/codegen/hooks/gen/staff/v4/people_service_proto4.js";
import { PersonSchema } from "../../fixtures/codegen/hooks/gen/staff/v4/person_pb.js";
import { createPersonTranslator } from "../../fixtures/codegen/hooks/gen/staff/v4/person_proto4.js";
import { project } from "./compilers.js";
import { fixtures } from "./sources.js";

const trust = { stash: "trust" } as const;

test.each([
  ["Ada Lovelace", "Ada", "Lovelace"],
  ["Augusta Ada Lovelace", "Augusta Ada", "Lovelace"],
  ["Plato", "", "Plato"],
  ["", "", ""],
  // Not what the code makes of it on the way back: the stash has the original.
  ["Ada  ", "Ada ", ""],
])("code splits %j and gives it back", (fullName, firstName, lastName) => {
  const up = personTranslator.up(toBinary(v3.PersonSchema, create(v3.PersonSchema, { id: 7n, fullName })));
  const person = fromBinary(PersonSchema, up.value);
  expect(person).toMatchObject({ id: 7n, firstName, lastName });
  const down = personTranslator.down(toBinary(PersonSchema, person), trust);
  expect(fromBinary(v3.PersonSchema, down.value)).toMatchObject({ id: 7n, fullName });
  expect(down.lost).toEqual([]);
});

test("what holds a message that needs code takes the same code", () => {
  const { GetPersonResponseSchema } = v3;
  const response = create(GetPersonResponseSchema, { person: { fullName: "Ada Lovelace" } });
  const translator = createGetPersonResponseTranslator({ names });
  const up = translator.up(toBinary(GetPersonResponseSchema, response));
  const down = translator.down(up.value, trust);
  expect(fromBinary(GetPersonResponseSchema, down.value).person?.fullName).toBe("Ada Lovelace");
});

test("a service whose messages need code answers both generations", async () => {
  const transport = createRouterTransport((router) => {
    registerBoth(router, createPeopleServiceBridge({ names }), {
      getPerson: ({ id }) => ({ person: { id, firstName: "Ada", lastName: "Lovelace" } }),
    });
  });
  const { person } = await createClient(v3.PeopleService, transport).getPerson({ id: 7n });
  expect(person).toMatchObject({ id: 7n, fullName: "Ada Lovelace" });
});

test("a translator whose code is missing translates nothing", () => {
  const translator = createPersonTranslator({} as never);
  expect(() => translator.up(new Uint8Array())).toThrow(/staff\.v3\.Person needs the code "names"/);
});

test("the example of the documentation is the code that these tests run", async () => {
  const docs = await readFile(join(project, "docs/hooks.md"), "utf8");
  for (const path of ["app/names.ts", "staff/v4/person.proto"]) {
    const source = await readFile(join(fixtures, "hooks", path), "utf8");
    expect(docs).toContain(
      source.slice(source.indexOf(path.endsWith(".proto") ? "message Person" : "/** v3")),
    );
  }
});
