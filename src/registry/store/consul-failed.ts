import { Proto4Error } from "../../diagnostics/index.js";

/** What is read of Consul's HTTP answers. */
export interface ConsulAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

/** The answer that came with an error of the client's, where Consul did answer, and whole. */
export function answerOf(error: unknown): ConsulAnswer | undefined {
  // The client gives the response also where its body never ended.
  const { isResponse, isCodec, response } = error as ClientError;
  return isResponse || isCodec ? response : undefined;
}

interface ClientError {
  readonly response?: ConsulAnswer;
  /** The status is that of a failure. */
  readonly isResponse?: boolean;
  /** The body is not what its type says. */
  readonly isCodec?: boolean;
}

/** Whether Consul may well answer when asked again: it does not now, or its servers choose a leader. */
export function mayPass(error: unknown): boolean {
  const answer = answerOf(error);
  if (answer !== undefined) return answer.statusCode >= 500 && !/No path to datacenter/.test(saidIn(answer));
  return !isTlsFailure(error) && codeOf(error) !== "ENOTFOUND";
}

/** Consul's "permission denied" comes with 403, and within a transaction as a conflict. */
export function isDenied(answer: ConsulAnswer): boolean {
  const inTransaction = answer.statusCode === 409 && /permission denied/i.test(saidIn(answer));
  return answer.statusCode === 403 || inTransaction;
}

/** What Consul said, or did not say, as an error of proto4's. */
export function consulFailed(address: string, cause: unknown): Proto4Error {
  const answer = answerOf(cause);
  if (answer === undefined && isTlsFailure(cause)) return tlsFailed(address, cause);
  if (answer === undefined) return unreachable(address, `does not answer (${reasonOf(cause)})`, cause);
  const said = saidIn(answer).trim() || reasonOf(cause);
  if (isDenied(answer))
    return consulDenied(address, answer.statusCode === 409 ? "Permission denied" : said, cause);
  if (/HTTP request to an HTTPS server/.test(said)) return wantsTls(address, cause);
  if (answer.statusCode >= 500) return unreachable(address, `cannot serve now (${said})`, cause);
  return new Proto4Error(
    "store-invalid",
    `what answers at ${address} refused a request of the KV API: ${said}`,
    { cause },
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

/** Whoever it is, we do not trust each other; asking again changes nothing. */
function isTlsFailure(error: unknown): boolean {
  return tlsCode.test(codeOf(error));
}

function tlsFailed(address: string, cause: unknown): Proto4Error {
  const code = codeOf(cause);
  const what =
    code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "EPROTO" ? plain : isOurs(code) ? ours : theirs;
  return new Proto4Error("store-denied", `Consul at ${address} ${what} (${code})`, { cause });
}

function wantsTls(address: string, cause: unknown): Proto4Error {
  return new Proto4Error(
    "store-denied",
    `Consul at ${address} speaks TLS alone: set CONSUL_HTTP_SSL=true, or give the option tls`,
    { cause },
  );
}

/** The other side sends an alert about what it thinks of our certificate. */
function isOurs(code: string): boolean {
  return /ALERT/.test(code);
}

/** The beginning of it. */
function saidIn({ body }: ConsulAnswer): string {
  if (body === undefined) return "";
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return Buffer.from(text).toString("utf8", 0, 500);
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code ?? "");
}

function reasonOf(cause: unknown): string {
  return codeOf(cause) || String((cause as { readonly message?: unknown }).message);
}

const ours =
  "refused our client certificate, or asks for one: give a certificate and key signed by its CA, by CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY or the option tls";
const theirs =
  "shows a certificate that is not trusted: give the CA that signed it, by CONSUL_CACERT or the option tls, and the name it stands for where that is not the host's (CONSUL_TLS_SERVER_NAME)";
const plain = "does not speak TLS: is CONSUL_HTTP_SSL, or the option tls, meant for another port?";

/** @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const tlsCode =
  /^(ERR_SSL_|ERR_TLS_|EPROTO$|UNABLE_TO_|CERT_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
