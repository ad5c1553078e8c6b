import { isProvenUntil } from '@tallystick/domain';
import type { CredentialFact, ExpertDocument, OpeningDocument, Schedule } from '../documents';
import { credentialKeys } from './credential-keys';
import { growingWords } from '../index/growing';
import { UNDECIDED } from './credential-gate';
import { Circumstances } from './circumstances';
import { EmployerIndex } from './employer-index';
import { Holders } from './holders';
import { LEVELS } from './language-gate';
import { eligibleFor, type Eligible } from './gate-question';
import { overlapWith } from './overlap';
import { DAY_MS, dayNumber, LARGEST, LAST_DAY, NO_DAY, numberOf } from './gate-values';
import { WorkIndex } from './work-index';
import { workKeysOf } from './work-key';

/** The gates of everybody in typed arrays: the same answers as `gatesOf` gives one by one. */
export class GateIndex {
  readonly circumstances = new Circumstances();
  /** Lowest rate, minor units; 0 where none is said. */
  readonly rates = growingWords();
  /** Until when each is proven: days since 1970, UTC. */
  readonly credentials = new Holders('shorts');
  /** One more than the place of the level among `LEVELS`. */
  readonly languages = new Holders('bytes');
  /** Who has a credential that is not decided on yet. */
  readonly undecided = new Holders('bytes');
  readonly employers = new EmployerIndex();
  /** The schedule of each, as one more than its place among `schedules`; 0 where none is said. Many keep the same hours. */
  readonly scheduleNumbers = growingWords();
  private readonly schedules = new Map<string, { readonly number: number; readonly schedule: Schedule }>();
  /** Who works for which lab, and who exclusively: few do. */
  private readonly engaged = { places: growingWords(), labs: growingWords() };
  private readonly exclusive = { places: growingWords(), labs: growingWords() };
  private readonly labNumbers = new Map<string, number>([['', 0]]);
  /** Minutes that each schedule shares with the window of an opening, as long as the opening is kept. */
  private readonly sharedMinutes = new WeakMap<OpeningDocument, Uint16Array>();
  readonly works = new WorkIndex();
  /** How many say nothing of what a gate asks: they are asked. */
  readonly unsaid = { COUNTRY: 0, AUTHORISATION: 0, OVERLAP: 0 };

  /** Adds an expert at the next place. */
  add(expert: ExpertDocument): void {
    const at = this.size;
    this.circumstances.add(expert);
    this.rates.push(Math.min(LARGEST, Number(expert.minimumRateMinor ?? 0)));
    for (const credential of expert.credentials ?? []) {
      const until = provenUntil(credential);
      const isUndecided = UNDECIDED.includes(credential.state);
      if (until < 0 && !isUndecided) continue;
      for (const key of credentialKeys(credential))
        if (isUndecided) this.undecided.add(key, at, 0);
        else this.credentials.add(key, at, until);
    }
    const spoken = new Set<string>();
    for (const { language, level } of expert.languages) {
      const key = language.toLowerCase();
      // The first entry of a language is the one that counts.
      if (!spoken.has(key)) this.languages.add(key, at, LEVELS.indexOf(level) + 1);
      spoken.add(key);
    }
    this.employers.add(expert, at);
    this.scheduleNumbers.push(this.scheduleNumber(expert.schedule));
    for (const { labId, isExclusive } of expert.engagedBy ?? []) {
      const lab = numberOf(this.labNumbers, labId);
      for (const list of isExclusive ? [this.engaged, this.exclusive] : [this.engaged]) {
        list.places.push(at);
        list.labs.push(lab);
      }
    }
    for (const { title, text } of expert.evidence)
      for (const key of workKeysOf(title, text)) this.works.add(key, at);
    this.countUnsaid(at, 1);
  }

  /** Nobody is added any more. */
  close(): void {
    for (const holders of [this.credentials, this.undecided, this.languages, this.employers])
      holders.close(this.size);
  }

  get size(): number {
    return this.circumstances.size;
  }

  /** Takes the expert at a place away: they pass no gate and are counted nowhere. */
  remove(at: number): void {
    if (this.isGone(at)) return;
    this.countUnsaid(at, -1);
    this.circumstances.remove(at);
  }

  isGone(at: number): boolean {
    return this.circumstances.isGone(at);
  }

  /** What is kept in typed arrays, in bytes. */
  get bytes(): number {
    const ties = this.engaged.places.length + this.exclusive.places.length;
    const { circumstances, credentials, undecided, languages, employers, works } = this;
    return [circumstances, credentials, undecided, languages, employers, works].reduce(
      (sum, { bytes }) => sum + bytes,
      this.size * PER_EXPERT + ties * PER_TIE,
    );
  }

  /** Asks every gate of an opening of everybody. */
  eligible(opening: OpeningDocument): Eligible {
    return eligibleFor(this, opening);
  }

  /** Minutes a week that each schedule shares with the window of an opening; worked out once for it. */
  minutesBySchedule(opening: OpeningDocument): Uint16Array {
    const known = this.sharedMinutes.get(opening);
    if (known) return known;
    const minutes = new Uint16Array(this.schedules.size + 1);
    const minutesOf = overlapWith(opening);
    for (const { number, schedule } of this.schedules.values()) minutes[number] = minutesOf(schedule);
    this.sharedMinutes.set(opening, minutes);
    return minutes;
  }

  /** Minutes a week that the experts at some places share with the window of an opening; 0 where they do not say when they work. */
  minutesShared(opening: OpeningDocument, places: Uint32Array): Uint16Array {
    const minutes = this.minutesBySchedule(opening);
    const numbers = this.scheduleNumbers.view;
    const shared = new Uint16Array(places.length);
    for (let i = 0; i < shared.length; i++)
      shared[i] = minutes[numbers[places[i] as number] as number] as number;
    return shared;
  }

  /** For how many days beyond one the experts at some places hold any of some credentials; below 0 where they do not. */
  daysHeldBeyond(keys: readonly string[], day: Date, places: Uint32Array): Int32Array {
    const last = dayNumber(day);
    const beyond = new Int32Array(places.length).fill(-1);
    for (const key of keys) {
      const until = this.credentials.best(key, places);
      for (let i = 0; i < beyond.length; i++)
        if ((until[i] as number) >= 0) beyond[i] = Math.max(beyond[i] as number, (until[i] as number) - last);
    }
    return beyond;
  }

  /** Who works exclusively for another lab, or for another lab at all where the opening is exclusive. */
  boundElsewhere({ labId, isExclusive }: OpeningDocument): Uint32Array {
    const own = this.labNumbers.get(labId ?? '') ?? 0;
    const { places, labs } = isExclusive ? this.engaged : this.exclusive;
    const [all, ofLab] = [places.view, labs.view];
    const bound = new Uint32Array(all.length);
    let count = 0;
    for (let i = 0; i < all.length; i++) if (ofLab[i] !== own) bound[count++] = all[i] as number;
    return bound.subarray(0, count);
  }

  /** @param by one more or one less */
  private countUnsaid(at: number, by: 1 | -1): void {
    const { country, rightToWork } = this.circumstances.at(at);
    if (country === '') this.unsaid.COUNTRY += by;
    if (rightToWork === 'UNSAID') this.unsaid.AUTHORISATION += by;
    if (this.scheduleNumbers.at(at) === 0) this.unsaid.OVERLAP += by;
  }

  private scheduleNumber(schedule: Schedule | undefined): number {
    if (!schedule) return 0;
    const { timeZone, days, fromMinute, toMinute } = schedule;
    const key = `${timeZone} ${days.join('')} ${fromMinute} ${toMinute}`;
    const number = this.schedules.get(key)?.number ?? this.schedules.size + 1;
    this.schedules.set(key, { number, schedule });
    return number;
  }
}

/** The last day on which a credential is proven, as it begins; negative where it is not. */
function provenUntil({ state, expiresOn }: CredentialFact): number {
  if (!isProvenUntil(state, expiresOn, NO_DAY)) return -1;
  return expiresOn === null ? LAST_DAY : Math.min(LAST_DAY, Math.floor(expiresOn.getTime() / DAY_MS));
}

/** A rate and a schedule. */
const PER_EXPERT = 4 + 4;
const PER_TIE = 4 + 4;
