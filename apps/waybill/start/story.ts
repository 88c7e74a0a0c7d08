import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillClient } from '../api/waybill-client.ts';
import { playScenario } from '../scenario/play.ts';
import { holds } from '../scenario/played-step.ts';
import { closingLine, stepLines, totalsOf } from '../scenario/report.ts';
import { parseScenario } from '../scenario/scenario-file.ts';
import { say } from './progress.ts';

const STORY = join(import.meta.dirname, '../scenarios/redirected-h100s.json');

/** The demo ledger did not come out as the story tells it. */
export class StoryFailed extends Error {
  readonly code = 'STORY_FAILED';
  constructor(lines: readonly string[]) {
    super(`the demo ledger is not as the story tells it\n${lines.join('\n')}`);
  }
}

/** Plays the demo story over HTTP; a later start repeats the same commands, which changes nothing. */
export async function playStory(url: string): Promise<void> {
  const scenario = parseScenario(await readFile(STORY, 'utf8'));
  const startedMs = performance.now();
  const client = new WaybillClient({ url });
  const played = await playScenario(scenario, { client, only: null, until: null });
  const failed = played.filter((each) => !holds(each));
  if (failed.length > 0) throw new StoryFailed(failed.map(stepLines));
  // Whoever reads that Waybill is ready finds the whole story in every report.
  const position = played.at(-1)?.position ?? 0;
  await client.get('auditor', `/v1/ledgers/${scenario.ledger}/positions?minPosition=${position}`);
  say(`  ${closingLine(scenario, totalsOf(played, performance.now() - startedMs))}`);
}
