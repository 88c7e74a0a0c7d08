import type { Direction } from '#libs/testing';
import type { Fault } from './fault.fixture.spec.ts';
import type { WireName, Wires } from './wires.fixture.spec.ts';

/** Far enough to fall anywhere in a request, an answer, or a batch of events. */
const BYTES_MAX = 40_000;

/** The connection that carries a random byte from now, in a random direction, is cut right after it. */
export function cut(wires: Wires, name: WireName): Fault {
  return {
    name: `cut at a random byte, ${spoken(name)}`,
    lastsMs: [0, 200],
    async inject(_, chance) {
      const direction = chance.pick<Direction>(['up', 'down']);
      await wires.wire(name).cutAfter(chance.between(1, BYTES_MAX), direction);
      return async () => undefined;
    },
  };
}

/** No byte passes for a while, on old connections or new; half of the times the old ones are cut as well. */
export function silenced(wires: Wires, name: WireName): Fault {
  return {
    name: `nothing passes, ${spoken(name)}`,
    lastsMs: [1_000, 6_000],
    async inject(_, chance) {
      const wire = wires.wire(name);
      wire.blackhole();
      if (chance.happens(0.5)) wire.cutAll();
      return async () => wire.heal();
    },
  };
}

/** Every piece is late, and little passes in a second. */
export function slowed(wires: Wires, name: WireName): Fault {
  return {
    name: `slow wire, ${spoken(name)}`,
    lastsMs: [2_000, 4_000],
    async inject(_, chance) {
      const wire = wires.wire(name);
      wire.delay(chance.between(5, 40));
      wire.throttle(chance.between(50_000, 200_000));
      return async () => wire.heal();
    },
  };
}

function spoken(name: WireName): string {
  return name.replace('postgres', 'PostgreSQL').replace('-', ' ↔ ');
}
