import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, CompactSign, compactVerify, createLocalJWKSet, type JWK } from 'jose';
import { Config } from '../../platform/config/config';

/** A key by its name, and what it signs with. */
interface OwnKey {
  readonly id: string;
  readonly secret: KeyObject;
}

/** Public keys as everybody may fetch them (RFC 7517). */
export interface PublicKeys {
  readonly keys: readonly JWK[];
}

/**
 * The key that signs charged weeks (ES256): made at the first start, kept outside the database. Beside it lies the set
 * of all public keys that ever signed here: whoever takes the secret away gets a new one at the next start, and what the
 * old one signed still verifies.
 */
@Injectable()
export class StatementKey {
  private own: Promise<OwnKey> | undefined;

  constructor(private readonly config: Config) {}

  /** A text as a JWS in its compact form, with the name of its key. */
  async sign(text: string): Promise<{ readonly keyId: string; readonly signature: string }> {
    const { id, secret } = await this.key();
    const signature = await new CompactSign(Buffer.from(text))
      .setProtectedHeader({ alg: 'ES256', kid: id, typ: 'tallystick-week' })
      .sign(secret);
    return { keyId: id, signature };
  }

  /** The text that a key of here signed; undefined where none did. */
  async signed(signature: string): Promise<string | undefined> {
    const keys = createLocalJWKSet({ keys: [...(await this.publicKeys()).keys] });
    const read = await compactVerify(signature, keys, { algorithms: ['ES256'] }).catch(() => undefined);
    return read && Buffer.from(read.payload).toString();
  }

  /** The names of the keys that ever signed here. */
  async ids(): Promise<string[]> {
    return (await this.publicKeys()).keys.flatMap(({ kid }) => kid ?? []);
  }

  /** Every public key that ever signed here. */
  async publicKeys(): Promise<PublicKeys> {
    await this.key();
    return this.published();
  }

  private key(): Promise<OwnKey> {
    this.own ??= this.load();
    return this.own;
  }

  private async load(): Promise<OwnKey> {
    const file = this.config.dataPath('keys', 'statement.pem');
    if (!existsSync(file)) make(file);
    const secret = createPrivateKey(readFileSync(file));
    const jwk = createPublicKey(secret).export({ format: 'jwk' }) as JWK;
    const id = await calculateJwkThumbprint(jwk);
    const { keys } = this.published();
    if (!keys.some(({ kid }) => kid === id))
      replaced(
        this.setFile(),
        JSON.stringify({ keys: [...keys, { ...jwk, kid: id, alg: 'ES256', use: 'sig' }] }),
      );
    return { id, secret };
  }

  private published(): PublicKeys {
    const file = this.setFile();
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PublicKeys) : { keys: [] };
  }

  private setFile(): string {
    return this.config.dataPath('keys', 'statement-keys.json');
  }
}

/** Makes a secret; another process that was faster made it. */
function make(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function replaced(file: string, text: string): void {
  const beside = `${file}.part-${process.pid}`;
  writeFileSync(beside, `${text}\n`, { mode: 0o644 });
  renameSync(beside, file);
}
