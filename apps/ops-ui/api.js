const READER = 'auditor';

/** What the server said no with: title, hint and trace id of its problem document. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.title ?? `The server answered ${status}`);
    this.status = status;
    this.detail = [problem?.detail, problem?.hint].filter(Boolean).join(' ');
    this.traceId = problem?.traceId ?? null;
  }
}

let token = null;

/** The JSON at `path`, read as the auditor; signs in when needed, and again when the token has run out. */
export async function read(path) {
  token ??= await signIn();
  const response = await fetch(path, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } });
  if (response.status === 401) token = null;
  return answerOf(response);
}

/** The server's own state; null when it does not say. A 503 is an answer too. */
export async function readHealth() {
  const response = await fetch('/health/ready', { headers: { accept: 'application/json' } });
  return jsonOf(response);
}

/** Every item of a list, page after page. */
export async function readAll(path) {
  const first = await read(path);
  const items = [...first.items];
  for (let page = first; page.hasMore && page.nextCursor;) {
    page = await read(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(page.nextCursor)}`);
    items.push(...page.items);
  }
  return { ...first, items };
}

async function signIn() {
  const response = await fetch('/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ actor: READER }),
  });
  return (await answerOf(response)).access_token;
}

async function answerOf(response) {
  const body = await jsonOf(response);
  if (!response.ok || body === null) throw new Refusal(response.status, body);
  return body;
}

async function jsonOf(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
