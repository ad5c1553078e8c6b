import { useId, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../gql';
import { problemOf, type Problem } from '../../lib/problem';
import { counted, newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { ProblemNotice } from '../../ui/notice';
import { Sheet } from '../../ui/page';
import { TallyLine } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { BonusPlanShown, isPayable, type Plan } from './bonus-plan';

const PlanBonuses = graphql(`
  query PlanBonuses($file: String!) {
    bonusPlan(file: $file) {
      leftOut
      paidBeforeAt
      problems {
        rowNumber
        sentence
      }
      sums {
        isCovered
        available {
          minor
          currency
        }
        tally {
          takeRatePpm
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
      }
      bonuses {
        rowNumber
        reason
        engagement {
          id
          expertName
          openingTitle
        }
        tally {
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
      }
    }
  }
`);

const PayBonuses = graphql(`
  mutation PayBonuses($input: PayBonusesInput!) {
    payBonuses(input: $input)
  }
`);

/** A file that was chosen, with what it would do and the key under which it is paid. */
interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly plan: Plan;
  readonly key: string;
}

/** Reads a file of bonuses, shows every row with what it costs, and pays it once that is confirmed. */
export function GiveBonuses() {
  const id = useId();
  const client = useClient();
  const pay = useAction(PayBonuses);
  const [chosen, setChosen] = useState<Chosen>();
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const read = async (file: File | undefined) => {
    if (!file) return;
    setChosen(undefined);
    setProblem(undefined);
    setReading(true);
    const text = await file.text();
    const options = { requestPolicy: 'network-only' } as const;
    const { data, error } = await client.query(PlanBonuses, { file: text }, options).toPromise();
    setReading(false);
    if (error) setProblem(problemOf(error));
    if (data) setChosen({ name: file.name, text, plan: data.bonusPlan, key: newKey() });
  };
  const send = async ({ name, text, plan, key }: Chosen) => {
    const done = await pay.run({ input: { file: text, name, idempotencyKey: key } });
    if (!done) return undefined;
    say(`${counted(plan.bonuses.length, 'bonus', 'bonuses')} paid. Each expert has been told.`);
    setChosen(undefined);
    return done;
  };
  return (
    <>
      <Sheet label="Choose a file of bonuses">
        <div className="field">
          <label htmlFor={id}>File of bonuses (CSV)</label>
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            disabled={isReading}
            aria-describedby={`${id}-about`}
            onChange={(event) => {
              void read(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
          <div id={`${id}-about`} className="hint" role="status">
            {isReading ? 'Reading the file' : 'At most 500 bonuses. Nothing is paid when you choose it.'}
          </div>
        </div>
        <ProblemNotice problem={problem} />
      </Sheet>
      {chosen && (
        <BonusPlanShown name={chosen.name} plan={chosen.plan}>
          {isPayable(chosen.plan) && (
            <Confirm
              button="Pay these bonuses"
              weight="main"
              title={`Pay ${counted(chosen.plan.bonuses.length, 'bonus', 'bonuses')}?`}
              verb="Pay bonuses"
              run={() => send(chosen)}
              problem={pay.problem}
              isSending={pay.isSending}
            >
              {chosen.plan.sums.map(({ tally }) => (
                <p key={tally.price.currency}>
                  You pay, they get, the platform keeps: <TallyLine tally={tally} />
                </p>
              ))}
              <p>Each expert is told at once and reads the reason. A paid bonus belongs to the expert.</p>
            </Confirm>
          )}
        </BonusPlanShown>
      )}
    </>
  );
}
