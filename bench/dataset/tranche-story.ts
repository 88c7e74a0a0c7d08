import { addDays, type Day, type Id } from '#libs/kernel';
import type { RequestedLeg } from '#libs/domain';
import type { Dice } from './dice.ts';
import type { Story } from './story.ts';
import { BUYERS, type Buyer } from './world.ts';

interface OpenTranche {
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly buyer: Buyer;
  readonly quantity: number;
  readonly promisedDate: Day;
}

/** Where units are bound for. */
interface Bound {
  readonly companyId: Id;
  readonly siteId: Id;
}

/** Promised, now and then later than hoped, once in twenty given to another company, and sent in one or two shipments. */
export function* trancheStory(dice: Dice, tranche: OpenTranche): Story {
  const { orderId, trancheId, buyer, quantity, promisedDate } = tranche;
  const confirmed = (days: number) => {
    const command = { type: 'ConfirmTranche', orderId, trancheId, promisedDate: addDays(promisedDate, days) } as const;
    return { role: 'desk', companyId: null, command } as const;
  };
  yield { waitsDays: dice.between(0, 2) };
  yield confirmed(0);
  if (dice.happens(30)) {
    yield { waitsDays: 1 };
    yield confirmed(dice.between(1, 4));
  }
  let bound: Bound = { companyId: buyer.companyId, siteId: buyer.hallId };
  if (dice.happens(5)) bound = yield* redirected(dice, bound, { orderId, trancheId }, `RT-${orderId}-${trancheId}`);
  yield { waitsDays: dice.between(0, 2) };
  const first = dice.happens(50) ? quantity : Math.ceil(quantity / 2);
  for (const [index, units] of [first, quantity - first].entries()) {
    const shipment = { orderId, trancheId, shipmentId: `${orderId}-${trancheId}-${index + 1}`, quantity: units };
    if (units > 0) yield { begins: shipmentStory(dice, shipment, bound, addDays(promisedDate, 2)) };
  }
}

/** On its way for some days, one in twelve sent elsewhere meanwhile, counted, now and then short, and accepted. */
function* shipmentStory(
  dice: Dice,
  shipment: { orderId: Id; trancheId: Id; shipmentId: Id; quantity: number },
  first: Bound,
  eta: Day,
): Story {
  const { shipmentId, quantity } = shipment;
  yield { role: 'desk', companyId: null, command: { type: 'DispatchShipment', ...shipment, eta } };
  yield { waitsDays: dice.between(1, 3) };
  const sentOn = dice.happens(8);
  const { companyId, siteId } = sentOn ? yield* redirected(dice, first, { shipmentId }, `RS-${shipmentId}`) : first;
  yield { waitsDays: dice.between(1, 3) };
  const counted = dice.happens(3) ? quantity - 1 : quantity;
  const received = { type: 'ReceiveShipment', shipmentId, siteId, counted } as const;
  yield { role: 'site', companyId, command: received };
  yield { waitsDays: dice.between(0, 1) };
  const rejected = dice.happens(3) ? 1 : 0;
  const accepted = { type: 'AcceptReceipt', shipmentId, accepted: counted - rejected, rejected } as const;
  yield { role: 'site', companyId, command: accepted };
}

type Taken = Pick<RequestedLeg, 'shipmentId' | 'orderId' | 'trancheId'>;

/** Half the time to another company, which both approve; otherwise moved to the warehouse of the same one. Returns where to. */
function* redirected(dice: Dice, from: Bound, taken: Taken, redirectionId: Id): Generator<StoryStep, Bound> {
  const others = BUYERS.filter(({ companyId }) => dice.happens(50) || companyId === from.companyId);
  const to = dice.pick(others);
  const bound = { companyId: to.companyId, siteId: to.warehouseId };
  const legs = [{ ...taken, toCompanyId: bound.companyId, toSiteId: bound.siteId } as RequestedLeg];
  const proposal = { type: 'ProposeRedirection', redirectionId, reason: 'Needed there first', legs } as const;
  yield { role: 'logistics', companyId: from.companyId, command: proposal };
  if (bound.companyId === from.companyId) return bound;
  for (const companyId of [from.companyId, bound.companyId]) {
    yield { role: 'cfo', companyId, command: { type: 'ApproveRedirection', redirectionId, companyId } };
  }
  return bound;
}

type StoryStep = Story extends Generator<infer Step> ? Step : never;
