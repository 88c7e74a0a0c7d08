import type { ProblemCode } from './problem-code.ts';

const rule = (title: string, hint: string): ProblemCode => ({ status: 409, title, hint });
const unknown = (thing: string): ProblemCode => ({
  status: 404,
  title: `No such ${thing}, or not yours`,
  hint: `Name a ${thing} that this ledger has and that your company is part of.`,
});
const refused = (title: string, hint: string): ProblemCode => ({ status: 403, title, hint });

/** The rules of the domain that a command can break. */
export const DOMAIN_PROBLEMS = {
  COMPANY_UNKNOWN: unknown('company'),
  SUPPLIER_UNKNOWN: unknown('supplier'),
  SKU_UNKNOWN: unknown('SKU'),
  SITE_UNKNOWN: unknown('site'),
  LOT_UNKNOWN: unknown('lot'),
  ORDER_UNKNOWN: unknown('order'),
  TRANCHE_UNKNOWN: unknown('tranche'),
  AMENDMENT_UNKNOWN: unknown('amendment'),
  SHIPMENT_UNKNOWN: unknown('shipment'),
  RETURN_UNKNOWN: unknown('return'),
  REDIRECTION_UNKNOWN: unknown('redirection'),
  REQUEST_UNKNOWN: unknown('request'),

  SELF_APPROVAL: refused('Four eyes', 'Someone else than the one who asked must approve.'),
  SAME_APPROVER: refused('One person for two companies', 'Another person must approve for the other company.'),
  ABOVE_APPROVAL_LIMIT: refused(
    'Above what you may approve',
    'Have someone approve it whose approval limit is as high as the amount.',
  ),
  NOT_THE_REQUESTER: refused('Only who asked withdraws', 'Ask who asked for it, or reject the request.'),
  NOT_THE_PROPOSER: refused('Only the proposer withdraws', 'Ask the proposer, or reject the redirection.'),

  VERSION_STALE: {
    status: 412,
    title: 'Somebody changed it since you looked',
    hint: 'Look at what changed, and send the command anew with the present version, or without If-Match.',
  },

  ALREADY_EXISTS: rule('The id is taken', 'Choose another id.'),
  EFFECTIVE_IN_FUTURE: rule('effectiveAt lies ahead', 'Give a day that has come.'),
  EFFECTIVE_BEFORE_STREAM: rule(
    'effectiveAt lies before the last event',
    'Give a day on or after the last event of the same thing.',
  ),
  SITE_NOT_THEIRS: rule('The site belongs to another company', 'Name a site of the company that the units are for.'),
  SITE_CAPACITY_EXCEEDED: rule(
    'The site has no room',
    'Choose another site or day, or ask for an overload to be allowed.',
  ),
  ABOVE_DESIGN_CAPACITY: rule('Usable above designed units', 'Usable units are at most the designed units.'),
  CAPACITY_NOT_REDUCED: rule('Usable units are not fewer', 'Report fewer usable units than there are on that day.'),
  CAPACITY_NOT_INCREASED: rule('Usable units are not more', 'Restore more usable units than there are on that day.'),
  UNTIL_IN_PAST: rule('until lies before effectiveAt', 'Give a later last day.'),
  UNITS_NOT_THERE: rule('The units are not there', 'Name at most the units that stand there and are free.'),
  SITE_CANNOT_ENERGISE: rule('A warehouse energises nothing', 'Name a datacenter.'),
  NO_TRANCHES: rule('An order without tranches', 'Give at least one tranche.'),
  ORDER_NOT_PROPOSED: rule('The order is decided already', 'Only a proposed order can be approved or rejected.'),
  ORDER_NOT_APPROVED: rule('The order is not approved', 'Have the order approved first.'),
  AMENDMENT_NOT_PROPOSED: rule(
    'The amendment is approved or decided already',
    'Only one that waits can be approved or withdrawn; propose another.',
  ),
  AMENDMENT_NOT_APPROVED: rule(
    'The amendment is not with the supplier',
    'What costs more is approved by the ordering company first; what is decided stays so.',
  ),
  AMENDMENT_CHANGED: rule('A tranche is not as it was proposed on', 'Withdraw the amendment and propose it anew.'),
  TRANCHE_REDIRECTED: rule(
    'The tranche is on a leg',
    'Amend units of the ordering company alone; split others off first.',
  ),
  DUPLICATE_CHANGE: rule('Two changes of one tranche', 'Name each tranche once.'),
  TRANCHE_CONFIRMED: rule('The tranche is promised already', 'Ask for more units as a new tranche.'),
  BUDGET_MISSING: rule('No budget', 'Have a budget approved for the company first.'),
  BUDGET_EXCEEDED: rule('Above the budget', 'Reduce the amount, or have a further budget approved.'),
  NOTHING_OPEN: rule('Nothing of the tranche is open', 'All its units are shipped or cancelled.'),
  MORE_THAN_OPEN: rule('More than is open', 'Name at most the units that are open.'),
  NO_DESTINATION: rule('The tranche has no site', 'Give the tranche a site first.'),
  TRANCHE_NOT_CONFIRMED: rule('The tranche is not confirmed', 'Confirm it first.'),
  SHIPMENT_NOT_IN_TRANSIT: rule('The shipment is not on its way', 'It was received already, is lost, or is held.'),
  MORE_THAN_A_PART: rule('Not a part', 'Name fewer units than there are; all of them need no split.'),
  SHIPMENT_NOT_HELD: rule('The shipment is not held', 'Only a held shipment can be released.'),
  NO_LEGS: rule('A redirection without legs', 'Give at least one leg.'),
  DUPLICATE_LEG: rule('Two legs take the same units', 'Name each shipment and each tranche once.'),
  REDIRECTION_NOT_PROPOSED: rule('The redirection is decided already', 'Only a proposed redirection can be decided.'),
  REQUEST_NOT_PENDING: rule('The request is decided already', 'Only a pending request can be decided.'),
  NOT_A_PARTY: rule('The company is no party', 'Only companies that a leg leaves or reaches decide.'),
  ALREADY_APPROVED: rule('The company has approved already', 'Nothing is left to do for this company.'),
  END_USER_NOT_SCREENED: rule(
    'The receiver is not screened',
    'Have the receiving company screened; the screening must be valid that day.',
  ),
  LEG_CHANGED: rule('A leg is not as it was proposed', 'Withdraw the redirection and propose it anew.'),
  WRONG_SITE: rule('Not the site of the shipment', 'Receive it where it is bound for.'),
  OVER_DELIVERY: rule('More than was shipped', 'Count again, or accept the surplus with acceptOver.'),
  NOT_AT_DOCK: rule('The shipment is not at the dock', 'Receive it first; it is accepted once.'),
  COUNT_MISMATCH: rule('The count does not add up', 'accepted + rejected must be what was counted.'),
  NOT_ACCEPTED: rule('The shipment is not accepted yet', 'Accept it first.'),
  NO_CHANGE: rule('Nothing changes', 'Give a delta other than 0, or something else than there is.'),
  BEFORE_RECEIPT: rule('Before the day of acceptance', 'Give a day on or after the acceptance.'),
  MORE_THAN_SHORT: rule('More than is short', 'Name at most what is short or rejected.'),
  MORE_THAN_REJECTED: rule('More than was rejected', 'Name at most what was rejected and has not gone back yet.'),
  RETURN_NOT_UNDERWAY: rule('The return arrived already', 'It is confirmed once.'),
  SAME_COMPANY: rule('From and to the same company', 'Name another company.'),
  SAME_SITE: rule('From and to the same site', 'Name another site.'),
  MORE_THAN_OWED: rule('More than is owed', 'Name at most what is owed.'),
} as const satisfies Record<string, ProblemCode>;
