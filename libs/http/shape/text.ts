/**
 * Control characters but line breaks and tabs, lone surrogates, and what is not seen: bidirectional overrides, zero-width marks
 * (Unicode TR36, "Unicode Security Considerations": two texts that look alike must not differ).
 */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/** Whether `value` is text that is seen as it is written: at least one character that is no blank, at most `lengthMax` UTF-16 units. */
export function isPlainText(value: unknown, lengthMax: number): value is string {
  return typeof value === 'string' && value.length <= lengthMax && value.trim().length > 0 && !UNSEEN.test(value);
}
