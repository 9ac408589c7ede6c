// node fleet.mjs STORE COUNT FINGERPRINT…: so many instances of 40 services, which join and go on until they are killed.
import { join } from "proto4/join";

const [store, count, ...fingerprints] = process.argv.slice(2);
const roles = [["serves"], ["calls"], ["reads", "writes"]];

async function start(i) {
  const service = i % 40;
  const contract = {
    package: "bench.v1",
    fingerprint: fingerprints[(i + service) % fingerprints.length],
    role: roles[service % roles.length],
  };
  const place = { environment: "production", service: `service-${service}` };
  await join({
    store,
    subject: "bench/api",
    contract,
    ...place,
    onChange: (line) => console.error(line),
  });
}

// A few at a time, as they come up in a rollout.
const batch = 50;
for (let from = 0; from < Number(count); from += batch)
  await Promise.all(Array.from({ length: Math.min(batch, Number(count) - from) }, (_, i) => start(from + i)));
console.log("all have joined");
setInterval(() => {}, 60_000);
