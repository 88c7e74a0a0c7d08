import type { Fault } from './fault.fixture.spec.ts';

type Names = readonly [string, ...string[]];

const RELAYS: Names = ['relay-1', 'relay-2'];
const PROJECTORS: Names = ['projector-1', 'projector-2'];

/**
 * Each of `members` kills itself when it next passes `point`: first the one that does the work, then the one that took
 * over from it. The points are those of fixtures/dies-at-point.mjs.
 */
function dead(point: string, app: string, members: Names): Fault {
  return {
    name: `${app} dies: ${point}`,
    lastsMs: [0, 1_000],
    async inject(cluster) {
      const dying = members.map((name) => cluster.member(name));
      await Promise.all(dying.map((member) => member.dieAt(point)));
      return async () => {
        await Promise.all(dying.map((member) => member.start()));
      };
    },
  };
}

export const POINTS = {
  beforeAppend: dead('before append', 'procurement-api', ['procurement-api-2']),
  appended: dead('appended, not answered', 'procurement-api', ['procurement-api-2']),
  published: dead('published, not recorded', 'relay', RELAYS),
  recorded: dead('published and recorded', 'relay', RELAYS),
  leaseAsked: dead('lease asked, not known', 'relay', RELAYS),
  written: dead('rows written, not committed', 'projector', PROJECTORS),
  committed: dead('committed, not known', 'projector', PROJECTORS),
};
