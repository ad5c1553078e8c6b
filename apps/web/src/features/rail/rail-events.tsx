import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { FirstRows } from '../../ui/first-rows';
import { Empty, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { eventWords } from './rail-words';
import type { RailState } from './sandbox-page';

type Event = RailState['events'][number];

/** What the stand-in bank told the product, and whether it arrived. */
export function RailEvents({ state: { events, undeliveredEvents } }: { readonly state: RailState }) {
  return (
    <Section title="Messages to the product">
      <p className="quiet">
        {undeliveredEvents === 0
          ? 'All were delivered.'
          : `${counted(undeliveredEvents, 'message is', 'messages are')} not delivered yet; delivery is tried again by itself.`}
      </p>
      {events.length === 0 ? (
        <Empty>Nothing was sent yet.</Empty>
      ) : (
        <FirstRows rows={events}>
          {(shown) => (
            <DataTable
              label="Messages of the stand-in bank"
              rows={shown}
              keyOf={({ id }) => id}
              columns={[
                { id: 'at', header: 'When', cell: ({ createdAt }) => moment(createdAt) },
                {
                  id: 'what',
                  header: 'What',
                  cell: ({ type, objectId }) => (
                    <>
                      {eventWords(type)} <div className="quiet code">{objectId}</div>
                    </>
                  ),
                },
                { id: 'delivery', header: 'Delivery', cell: (event) => <Delivery event={event} /> },
              ]}
            />
          )}
        </FirstRows>
      )}
    </Section>
  );
}

function Delivery({ event: { deliveredAt, attempts, nextAt } }: { readonly event: Event }) {
  if (deliveredAt)
    return (
      <>
        <StateTag state="SUCCEEDED" text="Delivered" />{' '}
        <span className="quiet">
          {moment(deliveredAt)}
          {attempts > 1 && `, at try ${attempts}`}
        </span>
      </>
    );
  return (
    <>
      <StateTag state="WAITING" text="Waits" />{' '}
      <span className="quiet">
        {attempts > 0
          ? `${counted(attempts, 'try', 'tries')} so far, next ${moment(nextAt)}`
          : 'Goes out now'}
      </span>
    </>
  );
}
