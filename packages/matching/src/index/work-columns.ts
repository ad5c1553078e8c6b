import type { ExpertDocument } from '../documents';
import { growingBytes } from './growing';

const WHOLE = 255;
const MOST_HOURS = 255;
/** Exposure is kept in tenths of an even share. */
const TENTHS = 10;

/** How everybody works, is engaged and was shown, a byte each, by place. */
export class WorkColumns {
  private readonly qualities = growingBytes();
  private readonly timelinesses = growingBytes();
  private readonly engaged = growingBytes();
  private readonly exposures = growingBytes();
  private readonly newcomers = growingBytes();
  /** Whether anything is known of how experts work. */
  isKnown = false;

  add({ quality, timeliness, engagedHours, exposure, isNewcomer }: ExpertDocument): void {
    this.isKnown ||= quality !== undefined;
    this.qualities.push(Math.round((quality ?? 0) * WHOLE));
    this.timelinesses.push(Math.round((timeliness ?? 0) * WHOLE));
    this.engaged.push(Math.min(MOST_HOURS, Math.ceil(engagedHours ?? 0)));
    this.exposures.push(Math.min(WHOLE, Math.round((exposure ?? 0) * TENTHS)));
    this.newcomers.push(isNewcomer ? 1 : 0);
  }

  quality(at: number): number {
    return this.qualities.at(at) / WHOLE;
  }

  timeliness(at: number): number {
    return this.timelinesses.at(at) / WHOLE;
  }

  /** Hours a week that running work may take. */
  engagedHours(at: number): number {
    return this.engaged.at(at);
  }

  /** How often they were shown lately, as a multiple of an even share. */
  exposure(at: number): number {
    return this.exposures.at(at) / TENTHS;
  }

  isNewcomer(at: number): boolean {
    return this.newcomers.at(at) === 1;
  }

  get bytes(): number {
    return 5 * this.qualities.length;
  }
}
