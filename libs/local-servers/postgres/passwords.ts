import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The password of a role: made at the first call, the same at every later start. */
export type PasswordBook = (role: string) => Promise<string>;

/** Passwords of 32 random bytes in one file that only its owner reads. */
export async function passwordBook(dataFolder: string): Promise<PasswordBook> {
  const file = path.join(dataFolder, 'passwords.json');
  const known = await readBook(file);
  let lastWrite = Promise.resolve();
  return async (role) => {
    const password = (known[role] ??= randomBytes(32).toString('base64url'));
    lastWrite = lastWrite.then(() => writeBook(file, known));
    await lastWrite;
    return password;
  };
}

async function readBook(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Written whole or not at all: a lost password locks everyone out. */
async function writeBook(file: string, book: Readonly<Record<string, string>>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, JSON.stringify(book), { mode: 0o600, flush: true });
  await rename(unfinished, file);
}
