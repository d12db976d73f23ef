/**
 * Requests to this service.
 *
 * Invariant: an answer is a value, a refusal is `Refused` with what the service said, and no answer is `Unreachable`:
 * only the last may be repeated without asking.
 */

/** The service answered with an error; see the API's problem details. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** Seconds after which asking again makes sense, if it said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${title}: ${detail}`);
  }
}

/** There was no answer: the connection is cut, or the service is down. */
export class Unreachable extends Error {}

export interface Answer<Body> {
  status: number;
  body: Body;
  etag: string | null;
}

export interface Options {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** By which the same request is known when it is repeated. */
  key?: string;
  /** The tag of an answer that is there already. */
  etag?: string | null;
  signal?: AbortSignal;
}

/**
 * Ask for JSON. The body of a 304 is undefined.
 *
 * @throws Refused, Unreachable
 */
export async function ask<Body>(address: string, options: Options = {}): Promise<Answer<Body>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.key !== undefined) headers["Idempotency-Key"] = options.key;
  if (options.etag) headers["If-None-Match"] = options.etag;
  const response = await reach(address, {
    method: options.method ?? "GET",
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const text = response.status === 304 ? "" : await read(response);
  if (!response.ok && response.status !== 304) throw refusal(response, text);
  const body = (text === "" ? undefined : JSON.parse(text)) as Body;
  return { status: response.status, body, etag: response.headers.get("ETag") };
}

/**
 * Ask for a page, as a document whose scripts do not run.
 *
 * @throws Refused, Unreachable
 */
export async function page(address: string, init: RequestInit = {}): Promise<Document> {
  const response = await reach(address, init);
  const text = await read(response);
  if (!response.ok) throw refusal(response, text);
  return new DOMParser().parseFromString(text, "text/html");
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(address, { cause: error });
  }
}

/** The connection may be cut within an answer as well. */
async function read(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new Unreachable(response.url, { cause: error });
  }
}

function refusal(response: Response, text: string): Refused {
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isNaN(seconds) ? null : seconds;
  try {
    const { title, detail } = JSON.parse(text) as { title: string; detail: string };
    return new Refused(response.status, title, detail, retryAfter);
  } catch {
    return new Refused(response.status, response.statusText || String(response.status), "", retryAfter);
  }
}
