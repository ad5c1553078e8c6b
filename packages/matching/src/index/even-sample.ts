import { seeded } from '../text/seeded';
import { growingFloats } from './growing';

/** Over about so many experts an average is taken, where there are more: it is then off by a hundredth at most, nineteen times of twenty. */
const ENOUGH = 500;

/** True where an expert is among those over whom averages are taken. @param of how many experts there are */
export function isSampled(id: string, of: number): boolean {
  return Math.fround(seeded(id)) < shareOf(of);
}

function shareOf(of: number): number {
  return ENOUGH / Math.max(ENOUGH, of);
}

/**
 * Some of many, chosen by what they are called and by nothing else: whether somebody is among them does not depend on who else is
 * there, in which order they come, or in which of several lists.
 */
export class EvenSample {
  private readonly draws = growingFloats();

  add(id: string): void {
    this.draws.push(seeded(id));
  }

  /** Places of those who are chosen, ascending. @param of how many there are in all lists together */
  places(of: number): Uint32Array {
    const share = shareOf(of);
    const chosen: number[] = [];
    this.draws.view.forEach((draw, place) => {
      if (draw < share) chosen.push(place);
    });
    return Uint32Array.from(chosen);
  }
}
