import { DomainError, PersistentMap, dayNumber } from '#libs/kernel';
import { checkCapacity, type LoadChange } from './capacity-gate.ts';
import { stepsOf } from './capacity.ts';
import { breaches, headroomUnits } from './headroom.ts';
import type { Site } from './state.ts';
import { addUnits, noUnits } from './unit-series.ts';

describe('the capacity gate', () => {
  it.each<[title: string, on: string, changes: LoadChange[], firstBreach: string | null]>([
    ['to the last unit', '2024-01-01', [put('A', '2024-01-01', 40)], null],
    ['one too many, on the first day that is full', '2024-01-01', [put('A', '2024-01-01', 41)], 'A 2024-03-01'],
    ['from the day it comes', '2024-01-01', [put('A', '2024-04-15', 91)], 'A 2024-04-15'],
    ['from the day of the command, when it is due', '2024-02-01', [put('A', '2024-01-01', 101)], 'A 2024-02-01'],
    ['not before the day of the command', '2024-04-01', [put('A', '2024-03-01', 41)], 'A 2024-05-01'],
    ['what leaves again is gone', '2024-01-01', [put('A', '2024-01-01', 60), put('A', '2024-03-01', -60)], null],
    ['a breach that is there may stay', '2024-01-01', [put('FULL', '2024-06-01', -1)], null],
    ['or shrink on every day', '2024-01-01', [put('FULL', '2024-02-01', -2), put('FULL', '2024-03-01', 1)], null],
    [
      'but not grow on one',
      '2024-01-01',
      [put('FULL', '2024-02-01', -1), put('FULL', '2024-03-01', 2)],
      'FULL 2024-03-01',
    ],
    ['all changes together', '2024-01-01', [put('FULL', '2024-01-01', 1), put('FULL', '2024-01-01', -1)], null],
    ['several sites', '2024-01-01', [put('A', '2024-01-01', 40), put('FULL', '2024-01-01', 1)], 'FULL 2024-01-01'],
    ['no site, no limit', '2024-01-01', [put(null, '2024-01-01', 9999)], null],
    ['within an allowed overload', '2024-01-01', [put('OVER', '2024-02-01', 5), put('OVER', '2024-02-03', -5)], null],
    ['one above it', '2024-01-01', [put('OVER', '2024-02-01', 6), put('OVER', '2024-02-03', -6)], 'OVER 2024-02-01'],
    ['and not after its end', '2024-01-01', [put('OVER', '2024-02-01', 5)], 'OVER 2024-02-03'],
    ['nor before its beginning', '2024-01-01', [put('OVER', '2024-01-31', 5)], 'OVER 2024-01-31'],
  ])('%s', (_title, effectiveAt, changes, firstBreach) => {
    expect(breachOf(effectiveAt, changes)).toBe(firstBreach);
  });
});

describe('headroom', () => {
  it.each([
    ['A', '2024-01-01', 40],
    ['A', '2024-03-15', 40],
    ['A', '2024-05-01', 40],
    ['FULL', '2024-06-01', -20],
    ['EMPTY', '2024-01-01', 7],
    ['EMPTY', '2024-02-01', 3],
    ['LATE', '2024-01-01', 1],
  ])('of %s from %s on is %s', (siteId, from, expected) => {
    expect(headroomUnits(siteNamed(siteId), from)).toBe(expected);
  });

  it('below zero is a breach, listed in order of id', () => {
    const worse = sites.set('0-WORSE', { ...siteNamed('FULL'), siteId: '0-WORSE', dockUnits: 43 });
    expect(breaches(worse, '2024-01-01')).toEqual([
      { siteId: '0-WORSE', units: 23 },
      { siteId: 'FULL', units: 20 },
    ]);
  });
});

/** A: 50 of 100 units by 2024-03-01 are taken, from 2024-05-01 on 60 of 100, in between 10 of 100 stand. */
const sites = PersistentMap.from(
  [
    site('A', {
      inbound: [
        ['2024-03-01', 50],
        ['2024-04-01', -50],
        ['2024-05-01', 50],
      ],
      standingUnits: 10,
    }),
    site('FULL', { inbound: [['2024-01-15', 20]], standingUnits: 60, dockUnits: 40 }),
    site('OVER', {
      standingUnits: 100,
      overload: [
        ['2024-02-01', 5],
        ['2024-02-03', -5],
      ],
    }),
    site('EMPTY', {
      usable: [
        ['2023-12-01', 7],
        ['2024-02-01', 3],
      ],
    }),
    site('LATE', {
      usable: [
        ['2023-12-01', 7],
        ['2024-02-01', 0],
        ['2024-03-01', 7],
      ],
      inbound: [['2024-04-01', 6]],
    }),
  ].map((each) => [each.siteId, each] as const),
);

type Steps = readonly (readonly [string, number])[];

interface Load {
  readonly usable?: Steps;
  readonly inbound?: Steps;
  readonly overload?: Steps;
  readonly standingUnits?: number;
  readonly dockUnits?: number;
}

function site(siteId: string, load: Load): Site {
  const { usable = [['2023-12-01', 100]], inbound = [], overload = [], standingUnits = 0, dockUnits = 0 } = load;
  const capacity = usable.map(([from, usableUnits]) => ({ from, usableUnits }));
  return {
    ...{ siteId, companyId: 'TESLA', kind: 'datacenter', designUnits: 100, lastEffectiveAt: '2023-12-01' },
    ...{ capacity, usable: stepsOf(capacity), standingUnits, dockUnits },
    allowedOverload: seriesOf(overload),
    inbound: seriesOf(inbound),
  };
}

function seriesOf(steps: Steps) {
  return steps.reduce((series, [day, units]) => addUnits(series, dayNumber(day), units), noUnits);
}

function put(siteId: string | null, from: string, units: number): LoadChange {
  return { siteId, from, units };
}

function siteNamed(siteId: string): Site {
  const found = sites.get(siteId);
  if (found === undefined) throw new Error(`no site ${siteId}`);
  return found;
}

function breachOf(effectiveAt: string, changes: readonly LoadChange[]): string | null {
  try {
    checkCapacity(sites, effectiveAt, changes);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'SITE_CAPACITY_EXCEEDED') throw error;
    return `${error.fields['siteId']} ${error.fields['day']}`;
  }
}
