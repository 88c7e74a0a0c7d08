import { readFileSync } from 'node:fs';
import { WaybillClient } from '../api/waybill-client.ts';
import { integerOption, textOption, urlOption } from '../cli/options.ts';
import type { ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { type ExpectationName, expectationNames } from './expectations/table.ts';
import { playScenario } from './play.ts';
import { progressBar } from './progress-bar.ts';
import { closingLine, jsonReport, stepLines, totalsOf } from './report.ts';
import { parseScenario, type Scenario, ScenarioInvalid } from './scenario-file.ts';

/** `waybill scenario FILE`: 0 when every expectation holds, 1 when one fails, 2 for a bad file or no server. */
export const runScenario: RunSubcommand = async (args, { config, out, err }) => {
  const asJson = args.values['json'] === true;
  const scenario = readScenario(args.positionals[0] ?? '');
  const only = onlyOption(args);
  const until = integerOption(args, 'until', 1);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const bar = progressBar(err, scenario.steps.length, { linesOnScreen: out.isTTY === true && !asJson });
  const startedMs = performance.now();
  try {
    const played = await playScenario(scenario, {
      client,
      only,
      until,
      onStep: (each) => {
        bar.advance();
        if (!asJson) out.write(`${stepLines(each)}\n`);
      },
    });
    const totals = totalsOf(played, performance.now() - startedMs);
    out.write(`${asJson ? jsonReport(scenario, played, totals) : closingLine(scenario, totals)}\n`);
    return totals.failedChecks === 0 ? 0 : 1;
  } finally {
    bar.stop();
  }
};

function readScenario(file: string): Scenario {
  try {
    return parseScenario(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof ScenarioInvalid) throw new UsageError(`${file} is no scenario file:\n${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new UsageError(`cannot read ${file}: ${code}`);
    throw error;
  }
}

function onlyOption(args: ParsedArguments): ReadonlySet<ExpectationName> | null {
  const text = textOption(args, 'only');
  if (text === null) return null;
  const names = text.split(',').map((each) => each.trim());
  const known = names.flatMap((name) => expectationNames.filter((each) => each === name));
  if (known.length === names.length) return new Set(known);
  throw new UsageError(`--only takes ${expectationNames.join(', ')}, separated by commas`);
}
