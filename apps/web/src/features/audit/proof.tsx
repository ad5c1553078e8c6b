import { useEffect, useState } from 'react';
import { graphql } from '../../gql';
import type { ProveBooksMutation } from '../../gql/graphql';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { useAction } from '../../ui/use-action';

const Prove = graphql(`
  mutation ProveBooks {
    proveBooks {
      isProven
      checks {
        name
        isRight
        looked
        faults
      }
    }
  }
`);

type Outcome = ProveBooksMutation['proveBooks'];
type Check = Outcome['checks'][number];

const MOST_FAULTS = 20;

/** What the proof goes through, in its order; shown while it runs. */
const PARTS = [
  'Every balance is summed again from its postings',
  'Every charge is worked out again from its line, rate and take rate',
  'Every agreement and take rate is compared with what was signed and set',
  'Every payout is compared with the ledger',
  'What is owed is compared with the money at the rail',
  'Every journal row and ledger transaction is compared with its seal, and the seals with the roots kept outside the database',
  'The words that people wrote are compared with what was sealed of them',
];

/** The button that proves the books, and what it found. */
export function Proof() {
  const { run, isSending, problem } = useAction(Prove);
  const [found, setFound] = useState<{ outcome: Outcome; at: string }>();
  const prove = async () => {
    const done = await run({});
    if (done) setFound({ outcome: done.proveBooks, at: new Date().toISOString() });
  };
  return (
    <Section
      title="Proof of the books"
      action={
        <Button weight="main" isSending={isSending} onPress={() => void prove()}>
          Prove the books
        </Button>
      }
    >
      <ProblemNotice problem={problem} />
      {isSending && <Running />}
      {!isSending && !found && (
        <>
          <p>Nothing is believed: each number is worked out again from what it came from.</p>
          <ul>
            {PARTS.map((part) => (
              <li key={part}>{part}.</li>
            ))}
          </ul>
        </>
      )}
      {!isSending && found && <Found outcome={found.outcome} at={found.at} />}
    </Section>
  );
}

function Running() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const beat = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(beat);
  }, []);
  return (
    <div role="status">
      <p>
        <label>
          Every row is looked at. This takes a moment. <progress />
        </label>{' '}
        <span className="quiet">{counted(seconds, 'second')}</span>
      </p>
    </div>
  );
}

function Found({ outcome: { isProven, checks }, at }: { readonly outcome: Outcome; readonly at: string }) {
  const wrong = checks.filter(({ isRight }) => !isRight);
  return (
    <div role="status">
      <Notice tone={isProven ? 'good' : 'bad'}>
        <p>
          <strong>{isProven ? 'The books are proven.' : 'The books are not right.'}</strong>{' '}
          {isProven
            ? `All ${checks.length} checks hold.`
            : `${wrong.length} of ${checks.length} checks found something.`}{' '}
          <span className="quiet">{moment(at)}</span>
        </p>
      </Notice>
      <ul className="list">
        {[...wrong, ...checks.filter(({ isRight }) => isRight)].map((check) => (
          <CheckResult key={check.name} check={check} />
        ))}
      </ul>
    </div>
  );
}

function CheckResult({ check: { name, isRight, looked, faults } }: { readonly check: Check }) {
  return (
    <li className="sheet">
      <div className="spread">
        <strong>{name}</strong>
        <span className={`tag ${isRight ? 'good' : 'bad'}`}>{isRight ? 'Right' : 'Wrong'}</span>
      </div>
      <p className="quiet">{counted(looked, 'row')} looked at</p>
      {faults.length > 0 && (
        <>
          <ul>
            {faults.map((fault) => (
              <li key={fault} className="error">
                {sentence(fault)}
              </li>
            ))}
          </ul>
          {faults.length >= MOST_FAULTS && <p className="quiet">The first {MOST_FAULTS} are shown.</p>}
          <p>
            <strong>What to do:</strong> {adviceOn(faults.join(' '))}
          </p>
        </>
      )}
    </li>
  );
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What to do about what was found; the first that fits. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /deleted|changed|missing|gone|seal|root|chain|kept outside/,
    'Somebody wrote past the product. Stop payouts, keep the database as it is, and compare the row with the last backup that was proven. Do not restore before you know who did it.',
  ],
  [
    /rail did not say/,
    'The rail did not answer. Nothing is known to be wrong; prove the books again in a few minutes.',
  ],
  [
    /the rail has|is owed/,
    'Stop payouts. Compare the balance at the rail with its account in the ledger, and look for a payment or transfer that only one side has. Messages that were not delivered yet are on the sandbox or rail page.',
  ],
  [
    /balance of/,
    'Open the account in the ledger: its postings are the truth. Stop payouts until the running sum is put right from them.',
  ],
  [
    /charge/,
    'Open the charge under Take rates and compare hours, rate and take rate with what was charged. A wrong charge is taken back by a reversal, never edited.',
  ],
];

function adviceOn(faults: string): string {
  return (
    ADVICE.find(([pattern]) => pattern.test(faults))?.[1] ??
    'Stop payouts, keep the database as it is, and look into each row that is named.'
  );
}
