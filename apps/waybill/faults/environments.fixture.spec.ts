import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { WaybillRole } from '#libs/event-store';
import { PROJECT } from '../e2e/running-waybill.fixture.spec.ts';

/** Where the members of a cluster find their servers and each other. */
export interface Ways {
  database(member: string, role: WaybillRole): string;
  brokers(member: string): string;
  url(member: string): string;
  /** Of the demo issuer: one for every life of the origin. */
  readonly keyFile: string;
}

/** `relay` of `relay-2`. */
export function appOf(member: string): string {
  return member.slice(0, member.lastIndexOf('-'));
}

/** The whole environment of one member, as it would be deployed. */
export function environmentOf(member: string, ways: Ways): Readonly<Record<string, string>> {
  const { port } = new URL(ways.url(member));
  const database = (role: WaybillRole) => ways.database(member, role);
  const behind = { KAFKA_BROKERS: ways.brokers(member), HEALTH_PORT: port };
  const edge = { TOKEN_ISSUER: ways.url('ops-api-1'), TOKEN_AUDIENCE: 'waybill', PORT: port };
  switch (appOf(member)) {
    case 'relay':
      return { ...behind, DATABASE_URL: database('waybill_relay') };
    case 'projector':
      return { ...behind, DATABASE_URL: database('waybill_projector') };
    case 'procurement-api': {
      const keys = { TOKEN_JWKS_URL: `${ways.url('ops-api-1')}/demo/jwks.json` };
      return { ...edge, ...keys, DATABASE_URL: database('waybill_writer') };
    }
    default:
      return {
        ...edge,
        QUERY_DATABASE_URL: database('waybill_query'),
        AUDITOR_DATABASE_URL: database('waybill_auditor'),
        PROCUREMENT_API_URL: ways.url('procurement-api-1'),
        UI_FOLDER: join(PROJECT, 'dist/apps/ops-ui'),
        CURSOR_SECRET: randomBytes(32).toString('hex'),
        WAYBILL_DEMO: '1',
        DEMO_KEY_FILE: ways.keyFile,
      };
  }
}
