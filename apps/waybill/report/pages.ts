import type { RawAnswer } from '../api/answer.ts';
import type { WaybillClient } from '../api/waybill-client.ts';

const NEXT = /^<([^>]+)>; rel="next"$/;

/** Every page from `path` on as the auditor reads it, by the links that the pages name. */
export async function allPages(client: WaybillClient, path: string, accept: string): Promise<readonly RawAnswer[]> {
  const pages: RawAnswer[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page = await client.read('auditor', next, accept);
    pages.push(page);
    next = NEXT.exec(page.headers.get('link') ?? '')?.[1];
  }
  return pages;
}
