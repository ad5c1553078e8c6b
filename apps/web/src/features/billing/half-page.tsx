import { chargedForWords, checkHalf, weekWords, type Half, type HalfLine } from '@tallystick/domain';
import { Link, useParams } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { HalfProblem, halfTools, ownHalf, ownKeys } from '../../lib/halves';
import { money } from '../../lib/money';
import { duration, moment, OWN_ZONE } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { TimeCell } from '../../ui/hour-cell';
import { Empty, Page, Section, Skeleton } from '../../ui/page';
import { Tally, TallyLine } from '../../ui/tally';

type Side = 'lab' | 'expert';

/** The lab's half: the statement of one engagement, with the same lines and root as the expert's. */
export function LabHalfPage() {
  return <HalfPage side="lab" />;
}

/** The expert's half. */
export function ExpertHalfPage() {
  return <HalfPage side="expert" />;
}

/** What came of a check, and when it was made. */
interface Checked {
  readonly at: string;
  readonly half: Half;
  readonly problems: readonly string[];
}

function HalfPage({ side }: { readonly side: Side }) {
  const { id = '' } = useParams({ strict: false });
  const [half, setHalf] = useState<Half>();
  const [problem, setProblem] = useState('');
  const [checked, setChecked] = useState<Checked>();
  const [isChecking, setChecking] = useState(false);
  useEffect(() => {
    ownHalf(side, id).then(setHalf, (error: unknown) => setProblem(sentence(error)));
  }, [side, id]);
  const check = useCallback(async () => {
    setChecking(true);
    setProblem('');
    try {
      // What is checked is fetched anew, and shown: never something else than what stands on the page.
      const fresh = await ownHalf(side, id);
      const problems = await checkHalf(fresh, await halfTools(await ownKeys()));
      setHalf(fresh);
      setChecked({ at: new Date().toISOString(), half: fresh, problems });
    } catch (error) {
      setProblem(sentence(error));
    }
    setChecking(false);
  }, [side, id]);
  const other = side === 'lab' ? 'expert' : 'lab';
  return (
    <Page
      title="Statement of one engagement"
      about={
        half && `${half.opening}. Your half of the tally: the ${other} holds the same lines and numbers.`
      }
      back={
        <Link to={side === 'lab' ? '/lab/engagements/$id' : '/expert/engagements/$id'} params={{ id }}>
          Engagement
        </Link>
      }
      action={
        <Button
          weight="main"
          icon={ShieldCheck}
          isDisabled={!half || isChecking}
          onPress={() => void check()}
        >
          {isChecking ? 'Verifying' : 'Verify'}
        </Button>
      }
    >
      <div role="status">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {checked && <Outcome checked={checked} />}
      </div>
      {half ? <Body half={half} side={side} /> : !problem && <Skeleton />}
    </Page>
  );
}

function Outcome({ checked: { at, half, problems } }: { readonly checked: Checked }) {
  if (problems.length > 0)
    return (
      <Notice tone="bad">
        <p>
          <strong>This statement is not as it was signed.</strong> Keep the files that you have, and tell us
          and the other side. Checked {moment(at)}.
        </p>
        <ul>
          {problems.slice(0, 10).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Notice>
    );
  return (
    <Notice tone="good">
      <p>
        <strong>All of it is as it was signed.</strong> Your browser checked{' '}
        {counted(half.lines.length, 'line')} in {counted(half.weeks.length, 'week')} just now ({moment(at)}):
        each line against the root of its week, each signature against our public keys, every sum, and the
        root over all weeks.
      </p>
    </Notice>
  );
}

function Body({ half, side }: { readonly half: Half; readonly side: Side }) {
  const { totals, currency, lines, weeks } = half;
  const amount = (minor: string) => ({ minor, currency });
  return (
    <>
      <Downloads side={side} id={half.engagement} />
      {lines.length === 0 ? (
        <Empty>Nothing is charged yet. A line is charged the moment that it is approved.</Empty>
      ) : (
        <Tally
          tally={{
            price: amount(totals.priceMinor),
            pay: amount(totals.payMinor),
            fee: amount(totals.feeMinor),
          }}
          label={`${counted(totals.lines, 'line')}, ${duration(totals.seconds)}`}
        />
      )}
      <p className="quiet">
        Times are in your zone, {OWN_ZONE.replaceAll('_', ' ')}; weeks run Monday to Monday, UTC. A root is
        the fingerprint of its lines: where one of them changes, the root changes too.
      </p>
      <Facts
        facts={[
          ['Root of all weeks', <code key="root">{half.root}</code>],
          ['Engagement', <code key="engagement">{half.engagement}</code>],
        ]}
      />
      {[...weeks].reverse().map((week) => (
        <Section key={week.week} title={weekWords(week.week)}>
          <DataTable
            label={weekWords(week.week)}
            columns={COLUMNS}
            rows={lines.filter((line) => line.week === week.week)}
            keyOf={({ charge }) => charge}
          />
          <p>
            <strong>Sum:</strong>{' '}
            <TallyLine
              tally={{
                price: amount(week.priceMinor),
                pay: amount(week.payMinor),
                fee: amount(week.feeMinor),
              }}
            />
          </p>
          <p className="quiet">
            Root, version {week.version}: <code>{week.root}</code>
          </p>
        </Section>
      ))}
    </>
  );
}

function Downloads({ side, id }: { readonly side: Side; readonly id: string }) {
  return (
    <>
      <div className="row">
        {['pdf', 'csv', 'json'].map((ending) => (
          <a
            key={ending}
            className="button"
            href={`/statements/${side}/engagements/${id}/half.${ending}`}
            download
          >
            <Download size={18} aria-hidden /> {ending.toUpperCase()}
          </a>
        ))}
        <Link className="button quiet" to="/compare">
          Compare two halves
        </Link>
      </div>
      <p className="quiet">
        The JSON file is your half for good: put beside the other side’s, it shows any line that differs. Save
        our{' '}
        <a href="/.well-known/jwks.json" download="tallystick-keys.json">
          public keys
        </a>{' '}
        with it.
      </p>
    </>
  );
}

const COLUMNS: readonly Column<HalfLine>[] = [
  { id: 'from', header: 'Begins', cell: ({ startsAt }) => moment(startsAt) },
  {
    id: 'activity',
    header: 'For',
    cell: ({ activity, reason }) =>
      reason === undefined ? chargedForWords(activity) : `${chargedForWords(activity)}: ${reason}`,
  },
  {
    id: 'time',
    header: 'Time',
    isFigure: true,
    cell: ({ activity, seconds }) => <TimeCell kind={activity} seconds={seconds} />,
  },
  {
    id: 'rate',
    header: 'Rate an hour',
    isFigure: true,
    cell: ({ activity, rateMinorPerHour, currency }) =>
      activity !== 'BONUS' && activity !== 'REVERSAL' && money({ minor: rateMinorPerHour, currency }),
  },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ currency, priceMinor, payMinor, feeMinor }) => (
      <TallyLine
        tally={{
          price: { minor: priceMinor, currency },
          pay: { minor: payMinor, currency },
          fee: { minor: feeMinor, currency },
        }}
      />
    ),
  },
];

function sentence(error: unknown): string {
  if (error instanceof HalfProblem) return error.message;
  throw error;
}
