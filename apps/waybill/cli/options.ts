import { isId, type Id } from '#libs/kernel';
import type { WaybillConfig } from '../config.ts';
import type { ParsedArguments } from './subcommand.ts';
import { UsageError } from './usage-error.ts';

/** The text of `--name`; null when it was not given. */
export function textOption({ values }: ParsedArguments, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

/** The integer of `--name`, at least `least`; null when it was not given. */
export function integerOption(args: ParsedArguments, name: string, least: number): number | null {
  const text = textOption(args, name);
  if (text === null) return null;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  if (value < least) throw new UsageError(`--${name} must be an integer from ${least} on, not ${JSON.stringify(text)}`);
  return value;
}

/** Where Waybill answers: `--url`, else this machine on the configured port. */
export function urlOption(args: ParsedArguments, { port }: WaybillConfig): string {
  const text = textOption(args, 'url') ?? `http://127.0.0.1:${port}`;
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isHttp) throw new UsageError(`--url must be an http:// or https:// URL, not ${JSON.stringify(text)}`);
  return text;
}

/** `--ledger`; null when it was not given: all. */
export function givenLedger(args: ParsedArguments): Id | null {
  return textOption(args, 'ledger') === null ? null : ledgerOption(args);
}

/** `--ledger`, required. */
export function ledgerOption(args: ParsedArguments): Id {
  const text = textOption(args, 'ledger');
  if (!isId(text)) throw new UsageError('--ledger must name a ledger, such as redirected-h100s');
  return text;
}

/** The `FIELD=VALUE` pairs of `--name`, divided by commas. */
export function fieldsOption(
  args: ParsedArguments,
  name: string,
): readonly (readonly [field: string, value: string])[] {
  const pairs = (textOption(args, name) ?? '').split(',').filter((text) => text !== '');
  return pairs.map((pair) => {
    const [, field, value] = /^([A-Za-z]+)=(.+)$/.exec(pair) ?? [];
    if (field === undefined || value === undefined)
      throw new UsageError(`--${name} takes fields such as companyId=TESLA,skuId=H100, not ${pair}`);
    return [field, value];
  });
}
