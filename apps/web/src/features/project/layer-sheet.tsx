import { conditionSentences, credentialWords } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { countryName } from '../../lib/countries';
import { firstDay } from '../../lib/first-day';
import { money } from '../../lib/money';
import { counted } from '../../lib/words';
import { Facts } from '../../ui/figures';
import { Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Tally, TallyLine } from '../../ui/tally';
import type { LabProjectQuery } from '../../gql/graphql';
import { rungName } from './project-words';

type Layer = LabProjectQuery['project']['openings'][number];

/** One layer: what it asks for and what it costs. */
export function LayerSheet({ opening, isDraft }: { readonly opening: Layer; readonly isDraft: boolean }) {
  const { id, title, seats, seatsFilled, hoursPerWeek, weeks } = opening;
  return (
    <Sheet label={title}>
      <div className="spread">
        <h3>
          {isDraft ? (
            title
          ) : (
            <Link to="/lab/openings/$id" params={{ id }}>
              {title}
            </Link>
          )}
        </h3>
        <StateTag state={opening.state} />
      </div>
      {opening.description && <p>{opening.description}</p>}
      <div className="halves">
        <Facts
          facts={[
            ['Rung', rungName(opening.rung)],
            ['Pay an hour', `${money(opening.rateMin)} to ${money(opening.rateMax)}`],
            [
              'Size',
              `${counted(seats, 'seat')}${isDraft ? '' : ` (${seatsFilled} taken)`}, ${counted(hoursPerWeek, 'hour')} a week, ${counted(weeks, 'week')}`,
            ],
            ['First day', firstDay(opening)],
            ...requirements(opening),
          ]}
        />
        <div>
          <Tally tally={opening.wholeAtMax} label="The whole layer, at the upper end of pay" />
          <p>
            One hour: <TallyLine tally={opening.hourAtMin} /> to <TallyLine tally={opening.hourAtMax} />
          </p>
          <p className="quiet">
            {opening.rateAdvice} {opening.takeRateExplanation}
          </p>
        </div>
      </div>
    </Sheet>
  );
}

function requirements(opening: Layer) {
  const { skills, credentials, languages, countries, evaluatedWorks } = opening;
  const labels = (isRequired: boolean) =>
    skills
      .filter((skill) => skill.isRequired === isRequired)
      .map(({ label }) => label)
      .join(', ');
  const facts: (readonly [string, string])[] = [
    ['Required skills', labels(true)],
    ['Good to have', labels(false)],
    ['Credentials', credentials.map(credentialWords).join(', ')],
    [
      'Languages',
      languages
        .map(({ language, level }) => `${language}, ${level === 'NATIVE' ? 'native' : level}`)
        .join('; '),
    ],
    ['Countries', countries.map(countryName).join(', ') || 'Anywhere'],
    ['Conditions', conditionSentences(opening).join(' ')],
    ['Works that are evaluated', evaluatedWorks.join('; ')],
  ];
  return facts.filter(([, text]) => text !== '');
}
