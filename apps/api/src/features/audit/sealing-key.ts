import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@tallystick/domain';
import { Config } from '../../platform/config/config';
import { sha256 } from '../../platform/crypto/digest';

/** What a seal signs. */
export interface SealedRange {
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
  readonly previousRoot: string;
  readonly root: string;
}

/** A root as it was kept outside the database. */
export interface KeptRoot {
  readonly toSeq: bigint;
  readonly root: string;
}

/** More than a line of the roots file has, bytes. */
const LONGEST_LINE = 4096;

/** The key that signs seals (Ed25519), and the place outside the database where every root is kept too. */
@Injectable()
export class SealingKey {
  private key: KeyObject | undefined;

  constructor(private readonly config: Config) {}

  /** Signature over a range, base64. */
  sign(range: SealedRange): string {
    return sign(null, textOf(range), this.private()).toString('base64');
  }

  /** True where a signature is this key's over the range. */
  verify(range: SealedRange, signature: string): boolean {
    return verify(null, textOf(range), createPublicKey(this.private()), Buffer.from(signature, 'base64'));
  }

  /** Short name of the key: a part of the hash of its public half. */
  id(): string {
    return sha256(createPublicKey(this.private()).export({ type: 'spki', format: 'der' }))
      .toString('hex')
      .slice(0, 16);
  }

  /** Keeps a root outside the database. */
  publish(range: SealedRange): void {
    mkdirSync(path.dirname(this.rootsFile()), { recursive: true });
    appendFileSync(this.rootsFile(), `${canonicalJson(range)}\n`);
  }

  /** Every root that was kept outside, oldest first, line by line. */
  async *published(): AsyncGenerator<KeptRoot> {
    if (!existsSync(this.rootsFile())) return;
    const lines = createInterface({ input: createReadStream(this.rootsFile()), crlfDelay: Infinity });
    for await (const line of lines) if (line !== '') yield keptRoot(line);
  }

  /** The root that was kept outside last; undefined where none was. */
  lastPublished(): KeptRoot | undefined {
    if (!existsSync(this.rootsFile())) return undefined;
    const file = openSync(this.rootsFile(), 'r');
    try {
      const { size } = fstatSync(file);
      const tail = Buffer.alloc(Math.min(size, LONGEST_LINE));
      readSync(file, tail, 0, tail.length, size - tail.length);
      const line = tail.toString('utf8').trimEnd().split('\n').at(-1);
      return line ? keptRoot(line) : undefined;
    } finally {
      closeSync(file);
    }
  }

  private rootsFile(): string {
    return this.config.dataPath('seals', 'roots.jsonl');
  }

  private private(): KeyObject {
    if (this.key) return this.key;
    const file = this.config.dataPath('keys', 'seal.pem');
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(
        file,
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
        { mode: 0o600, flag: 'wx' },
      );
    }
    this.key = createPrivateKey(readFileSync(file));
    return this.key;
  }
}

function keptRoot(line: string): KeptRoot {
  const { toSeq, root } = JSON.parse(line) as { toSeq: string; root: string };
  return { toSeq: BigInt(toSeq), root };
}

function textOf(range: SealedRange): Buffer {
  return Buffer.from(
    canonicalJson({
      fromSeq: range.fromSeq,
      toSeq: range.toSeq,
      previousRoot: range.previousRoot,
      root: range.root,
    }),
  );
}
