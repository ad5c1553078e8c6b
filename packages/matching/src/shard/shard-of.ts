import { Fingerprint } from '../text/fingerprint';

/** In which of several shards an expert is: the same for good, and evenly spread. @param shards how many there are, from 1 on */
export function shardOf(expertId: string, shards: number): number {
  return Number.parseInt(new Fingerprint().add(expertId).hex.slice(0, 8), 16) % shards;
}
