import { actsFor, principalNamed, principalOf } from './principal.ts';

describe('principalNamed', () => {
  it.each([
    ['tesla-cfo', { subject: 'tesla-cfo', role: 'cfo', company: 'tesla' }],
    ['TESLA-cfo', { subject: 'TESLA-cfo', role: 'cfo', company: 'tesla' }],
    ['acme-north-buyer', { subject: 'acme-north-buyer', role: 'buyer', company: 'acme-north' }],
    ['tesla-cfo.kim', { subject: 'tesla-cfo.kim', role: 'cfo', company: 'tesla' }],
    ['acme.eu-cfo', { subject: 'acme.eu-cfo', role: 'cfo', company: 'acme.eu' }],
    ['admin.2', { subject: 'admin.2', role: 'admin', company: null }],
    ['auditor', { subject: 'auditor', role: 'auditor', company: null }],
  ])('reads %s', (actor, principal) => {
    expect(principalNamed(actor)).toEqual(principal);
  });

  it.each([
    '',
    'cfo',
    'tesla-auditor',
    'tesla-king',
    'tesla-',
    '-cfo',
    'tesla cfo',
    'te sla-cfo',
    'tesla-CFO',
    'tesla-cfo.',
    'tesla-cfo.kim.lee',
    'tesla-auditor.kim',
    `${'x'.repeat(65)}-cfo`,
  ])('knows no actor %p', (actor) => {
    expect(principalNamed(actor)).toBeNull();
  });
});

describe('principalOf', () => {
  it('gives a company role no principal without a company, and a group-wide role none with one', () => {
    expect([principalOf('a', 'cfo', null), principalOf('a', 'admin', 'tesla')]).toEqual([null, null]);
  });
});

describe('actsFor', () => {
  it('matches companies without regard to case, and nothing for the group', () => {
    const cfo = { subject: 'xai-cfo', role: 'cfo', company: 'xai' } as const;
    expect([actsFor(cfo, 'xAI'), actsFor(cfo, 'X')]).toEqual([true, false]);
    expect(actsFor({ subject: 'admin', role: 'admin', company: null }, 'null')).toBe(false);
  });
});
