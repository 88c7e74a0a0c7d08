import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** The private key in `keyFile`, made and kept (readable by its owner alone) when the file is not there. Processes that meet get one key. */
export async function demoKey(keyFile: string): Promise<JWK> {
  const kept = await keyIn(keyFile);
  if (kept !== null) return kept;
  await keep(keyFile, await newKey());
  return (await keyIn(keyFile)) ?? Promise.reject(new Error(`${keyFile} was removed while the demo issuer started`));
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}

async function keyIn(keyFile: string): Promise<JWK | null> {
  try {
    return JSON.parse(await readFile(keyFile, 'utf8')) as JWK;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all: written beside, then linked to its name unless another process was faster. */
async function keep(keyFile: string, jwk: JWK): Promise<void> {
  await mkdir(path.dirname(keyFile), { recursive: true });
  const draft = `${keyFile}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, keyFile);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error;
}
