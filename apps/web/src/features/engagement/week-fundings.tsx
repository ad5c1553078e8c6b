import { Link } from '@tanstack/react-router';
import { money, type Money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { Notice } from '../../ui/notice';

interface Funding {
  readonly state: string;
  readonly sentence: string;
  readonly weekStart: string;
  readonly triedAt?: string | null;
  readonly action: string;
  readonly actionPath?: string | null;
  readonly amount: Money;
}

const TONES: Readonly<Record<string, 'good' | 'bad' | 'plain'>> = {
  HELD: 'good',
  FAILED: 'bad',
  STOPPED: 'bad',
};

const ACTIONS: Readonly<Record<string, string>> = {
  ADD_FUNDS: 'Add funds',
  WITHDRAW_DISPUTE: 'See the payment',
};

/** The money of the present week and of the next: whether it is held, and what happens where it is not. */
export function WeekFundings({ weeks }: { readonly weeks: readonly [Funding, Funding] }) {
  const { mayReadMoney } = useLabRights();
  return weeks.map((week, at) => (
    <Notice key={week.weekStart} tone={TONES[week.state] ?? 'plain'}>
      <p>
        <strong>
          {at === 0 ? 'This week' : 'Next week'}, from {day(week.weekStart)}
          {week.state !== 'NO_WORK' && `: ${money(week.amount)}`}
        </strong>
      </p>
      <p>
        {week.sentence} {week.triedAt && <>It is tried on {moment(week.triedAt)} at the latest. </>}
        {week.actionPath && mayReadMoney && <Link to={week.actionPath}>{ACTIONS[week.action]}</Link>}
      </p>
    </Notice>
  ));
}
