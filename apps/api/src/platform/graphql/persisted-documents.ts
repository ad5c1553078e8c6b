import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config';

/** The documents that the web client may ask for, by their SHA-256. Made by its build. */
@Injectable()
export class PersistedDocuments {
  private readonly byHash: ReadonlyMap<string, string>;

  constructor(config: Config) {
    const file = path.join(config.webDir, 'src/gql/persisted-documents.json');
    const manifest = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
      : {};
    this.byHash = new Map(
      Object.entries(manifest).map(([hash, text]) => [hash.replace(/^sha256:/, ''), text]),
    );
  }

  /** The text of a document, or undefined where the client never had it. */
  find(hash: string): string | undefined {
    return this.byHash.get(hash.replace(/^sha256:/, ''));
  }
}
