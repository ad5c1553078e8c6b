import { Injectable } from '@nestjs/common';
import { randomBytes, randomInt } from 'node:crypto';

/** Turns that an id counts, in the 26 bits after its milliseconds. Source: RFC 9562, section 6.2, method 1. */
const TURNS = 2 ** 26;

/** Makes ids (UUID version 7, ordered by time) and secrets. An id is never a secret. */
@Injectable()
export class Ids {
  private turn = randomInt(TURNS / 2);

  /** A new id for a row. Of two that one process makes for the same millisecond, the later sorts after the earlier. */
  next(at: Date = new Date()): string {
    this.turn = (this.turn + 1) % TURNS;
    const bytes = randomBytes(16);
    bytes.writeUIntBE(at.getTime(), 0, 6);
    bytes.writeUInt16BE(0x7000 | (this.turn >>> 14), 6);
    bytes.writeUInt16BE(0x8000 | (this.turn & 0x3fff), 8);
    return written(bytes);
  }

  /** A secret of 256 bits for links and cookies, safe in an address. */
  secret(): string {
    return randomBytes(32).toString('base64url');
  }
}

/** The id of what a hash is of (UUID version 8): the same content has the same id. */
export function idOf(hash: Buffer): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return written(bytes);
}

function written(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True where a text has the form of an id, so that it may be asked of the database. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** True where something was given for an id and has not its form. What is null or left out was not given: GraphQL clients send both. */
export function isNoId(text: string | null | undefined): boolean {
  return text !== undefined && text !== null && !isId(text);
}
