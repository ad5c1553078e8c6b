import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { money } from '../lib/money';
import { duration } from '../lib/time';
import { Figures } from '../ui/figures';
import { Empty, Page, Ready, Section } from '../ui/page';
import { WaitingList } from '../ui/waiting-list';
import { Home, type HomeData } from './expert-home-query';

/** What needs the expert today, and how their week and their money stand. */
export function ExpertHomePage() {
  const query = useQuery({ query: Home });
  return (
    <Page title="Your work" about="What needs you, and how your week and your money stand.">
      <Ready query={query}>
        {(data) => (
          <>
            <Section title="Needs you now">
              <Things data={data} />
            </Section>
            <Section title="This week">
              <ThisWeek data={data} />
            </Section>
          </>
        )}
      </Ready>
    </Page>
  );
}

function Things({ data }: { readonly data: HomeData }) {
  if (data.homeForExpert.length > 0)
    return <WaitingList label="What needs you" things={data.homeForExpert} />;
  return data.myWeek.rows.length > 0 ? (
    <p>Nothing is due. What happens next comes here and in your email.</p>
  ) : (
    <Empty
      action={
        <Link className="button main" to="/expert/openings">
          See openings ranked for you
        </Link>
      }
    >
      Nothing is due, and you have no engagement at the moment.
    </Empty>
  );
}

function ThisWeek({ data: { myWeek, payoutStanding } }: { readonly data: HomeData }) {
  const left = myWeek.rows.reduce((sum, { leftSeconds }) => sum + leftSeconds, 0);
  return (
    <>
      <Figures
        figures={[
          {
            label: 'Logged this week',
            value: duration(myWeek.loggedSeconds),
            about:
              myWeek.rows.length > 0 ? `${duration(left)} are left under your caps.` : 'No engagement runs.',
          },
          ...payoutStanding.earnings.map(({ payable, onItsWay }) => ({
            label: 'Next payout',
            value: money(payable),
            tone: 'expert' as const,
            about:
              onItsWay.minor === '0'
                ? 'Payouts run every day.'
                : `${money(onItsWay)} more are on their way to your bank.`,
          })),
        ]}
      />
      {myWeek.rows.length > 0 && (
        <div className="row">
          <Link className="button main" to="/expert/week">
            Log time
          </Link>
          <Link className="button" to="/expert/earnings">
            See your earnings
          </Link>
        </div>
      )}
    </>
  );
}
