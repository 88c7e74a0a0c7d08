import { addDays, type Day, type Id } from '#libs/kernel';
import type { Dice } from './dice.ts';
import type { Story } from './story.ts';
import { trancheStory } from './tranche-story.ts';
import { BUYERS, SKUS, SUPPLIERS } from './world.ts';

/** An order from its request to its tranches, each of which is a story of its own. One in fifty is first approved by its requester, in vain. */
export function* orderStory(dice: Dice, orderId: Id, today: Day): Story {
  const buyer = dice.pick(BUYERS);
  const { companyId } = buyer;
  const { skuId, unitPriceCents } = dice.pick(SKUS);
  const requestedDate = addDays(today, dice.between(8, 12));
  const tranches = Array.from({ length: dice.between(1, 4) }, (_, index) => {
    const quantity = dice.between(8, 64);
    return { trancheId: `T${index + 1}`, quantity, unitPriceCents, requestedDate, siteId: buyer.hallId };
  });
  const terms = { orderId, companyId, supplierId: dice.pick(SUPPLIERS), skuId, tranches };
  yield { role: 'buyer', companyId, command: { type: 'PlaceOrder', ...terms } };
  if (dice.happens(2)) yield { role: 'buyer', companyId, command: { type: 'ApproveOrder', orderId } };
  yield { waitsDays: dice.between(0, 1) };
  yield { role: 'cfo', companyId, command: { type: 'ApproveOrder', orderId } };
  for (const { trancheId, quantity } of tranches) {
    yield { begins: trancheStory(dice, { orderId, trancheId, buyer, quantity, promisedDate: requestedDate }) };
  }
}
