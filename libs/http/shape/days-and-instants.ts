/**
 * The days of `parseDay` as a pattern that any JSON Schema validator has: existing days of the Gregorian calendar from 1900 to
 * 2999. A leap year's number ends in a multiple of 4, and a century's own begins with one.
 */
const YEAR = String.raw`(?:19|2\d)\d\d`;
const LEAP_YEAR = String.raw`(?:(?:19|2\d)(?:0[48]|[2468][048]|[13579][26])|2[048]00)`;
const OF_31 = String.raw`(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])`;
const OF_30 = String.raw`(?:0[469]|11)-(?:0[1-9]|[12]\d|30)`;
const OF_28 = String.raw`02-(?:0[1-9]|1\d|2[0-8])`;
const DAY = String.raw`(?:${YEAR}-(?:${OF_31}|${OF_30}|${OF_28})|${LEAP_YEAR}-02-29)`;

const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?`;
const OFFSET = String.raw`(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
const INSTANT = String.raw`${DAY}[Tt]${TIME}${OFFSET}`;

export const DAY_PATTERN = new RegExp(`^${DAY}$`);

/** RFC 3339, without the leap seconds that no clock here has. */
export const INSTANT_PATTERN = new RegExp(`^${INSTANT}$`);

/** A position of a ledger, or an instant. */
export const MOMENT_PATTERN = new RegExp(String.raw`^(?:0|[1-9]\d{0,15}|${INSTANT})$`);
