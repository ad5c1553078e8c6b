import { conditionSentences, credentialWords, RUNGS, TASK_FAMILIES, type Rung } from '@tallystick/domain';
import { money } from '../../lib/money';
import { firstDay } from '../../lib/first-day';
import { counted } from '../../lib/words';
import { Facts } from '../../ui/figures';
import { Sheet } from '../../ui/page';
import { Tally } from '../../ui/tally';
import type { Opening } from './opening-page';

/** What the work is and what it asks for. */
export function OpeningFacts({ opening }: { readonly opening: Opening }) {
  const rung = RUNGS[opening.rung as Rung];
  return (
    <Facts
      facts={[
        ['Kind', TASK_FAMILIES[opening.taskFamily as keyof typeof TASK_FAMILIES] ?? opening.taskFamily],
        ['Rung', `${rung?.label ?? opening.rung}. ${rung?.line ?? ''}`],
        ['Hours', `${opening.hoursPerWeek} a week for ${counted(opening.weeks, 'week')}`],
        ['First day', firstDay(opening)],
        ['Seats', `${opening.seats - opening.seatsFilled} of ${opening.seats} free`],
        [
          'Paid',
          opening.unpaidParts
            ? `All but: ${opening.unpaidParts}`
            : 'All time, also reading instructions and onboarding',
        ],
        ['Credentials', opening.credentials.map(credentialWords).join(', ') || 'None asked for'],
        ['Skills', opening.skills.map(({ label }) => label).join(', ') || 'None asked for'],
        opening.languages.length > 0 && [
          'Languages',
          opening.languages.map(({ language, level }) => `${language} at ${level}`).join(', '),
        ],
        ['From where', opening.countries.join(', ') || 'Anywhere'],
        ['Conditions', conditionSentences(opening).join(' ') || 'None beside these'],
        ['Monitored', opening.monitoring || 'Nothing'],
        ['Hard to look at', opening.contentWarning || 'Nothing said'],
      ]}
    />
  );
}

/** What it pays, at both ends of its band. */
export function Pay({ opening }: { readonly opening: Opening }) {
  return (
    <aside aria-label="What it pays">
      <Sheet>
        <h2>What it pays</h2>
        <p>
          <strong className="expert">
            {money(opening.rateMin)} to {money(opening.rateMax)}
          </strong>{' '}
          an hour
        </p>
        <Tally tally={opening.hourAtMin} label="One hour at the lower end" />
        <Tally tally={opening.hourAtMax} label="One hour at the upper end" />
        <p className="quiet">
          {opening.takeRateExplanation} {opening.rateAdvice}
        </p>
      </Sheet>
    </aside>
  );
}
