import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config';

/** Keeps files under keys of our own making, outside what is served. */
@Injectable()
export class Storage {
  constructor(private readonly config: Config) {}

  /** Stores bytes under a key. */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    const file = this.fileOf(key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600 });
  }

  /** The bytes of a key. Throws where there are none. */
  async get(key: string): Promise<Buffer> {
    return readFile(this.fileOf(key));
  }

  /** Forgets a key. */
  async remove(key: string): Promise<void> {
    await rm(this.fileOf(key), { force: true });
  }

  private fileOf(key: string): string {
    if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(key))
      throw new Error('a storage key may hold small letters, digits, hyphens and slashes only');
    return this.config.dataPath('files', key);
  }
}
