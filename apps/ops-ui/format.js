const units = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Units with thousands separators; a count beyond the safe integers comes as a string of digits. */
export function formatUnits(value) {
  return units.format(typeof value === 'string' ? BigInt(value) : value);
}

/** `2023-12-08` as `08 Dec 2023`; an en dash where there is no day. */
export function formatDay(day) {
  return day ? days.format(new Date(`${day}T00:00:00Z`)) : '–';
}

/** Days late with a sign: `+24 d`, `−3 d`, `0 d`. */
export function formatSlip(slipDays) {
  const sign = slipDays > 0 ? '+' : slipDays < 0 ? '−' : '';
  return `${sign}${formatUnits(Math.abs(slipDays))} d`;
}

/** The browser's time of day. */
export function formatTime(instant) {
  return clock.format(instant);
}

/** `inTransit` as `in transit`. */
export function inWords(name) {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
