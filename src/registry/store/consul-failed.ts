import { Proto4Error } from "../../diagnostics/index.js";

/** What is read of Consul's HTTP answers. */
export interface ConsulAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

/** The answer that came with an error of the client's, where Consul did answer. */
export function answerOf(error: unknown): ConsulAnswer | undefined {
  return (error as { readonly response?: ConsulAnswer }).response;
}

/** What Consul said, or did not say, as an error of proto4's. */
export function consulFailed(address: string, cause: unknown): Proto4Error {
  const answer = answerOf(cause);
  if (answer === undefined) return unreachable(address, `does not answer (${reasonOf(cause)})`, cause);
  const said = typeof answer.body === "string" ? answer.body.trim() : reasonOf(cause);
  if (answer.statusCode === 403) return consulDenied(address, said, cause);
  if (answer.statusCode >= 500) return unreachable(address, `cannot serve now (${said})`, cause);
  return new Proto4Error(
    "store-invalid",
    `what answers at ${address} refused a request of the KV API: ${said}`,
    {
      cause,
    },
  );
}

export function consulDenied(address: string, said: string, cause?: unknown): Proto4Error {
  return new Proto4Error(
    "store-denied",
    `Consul at ${address} refused (${said}); give a token that may read and write the registry's keys`,
    { cause },
  );
}

function unreachable(address: string, what: string, cause: unknown): Proto4Error {
  return new Proto4Error(
    "store-unreachable",
    `Consul at ${address} ${what}; is the address right, and does an agent with a leader run there?`,
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  return String(code ?? message);
}
