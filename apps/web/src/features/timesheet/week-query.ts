import { graphql } from '../../gql';
import type { MyWeekQuery } from '../../gql/graphql';

export const MyWeek = graphql(`
  query MyWeek($at: DateTime) {
    myWeek(at: $at) {
      weekStart
      weekEnd
      loggedSeconds
      timer {
        engagementId
        kind
        note
        startedAt
        lastHeartbeatAt
        now
      }
      rows {
        engagementId
        openingTitle
        labName
        holdState
        failureReason
        waitReason
        isNearCap
        loggedSeconds
        leftSeconds
        weeklyCapSeconds
        sheets {
          id
          sheetNumber
          state
          countedSeconds
          reviewDueAt
          total {
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
          lines {
            id
            kind
            source
            note
            startsAt
            endsAt
            state
            countedSeconds
          }
        }
      }
    }
  }
`);

export type Week = MyWeekQuery['myWeek'];
export type WeekRow = Week['rows'][number];
export type WeekSheet = WeekRow['sheets'][number];
export type WeekLine = WeekSheet['lines'][number];

/** A line with the engagement and the sheet that it is on. */
export interface PlacedLine extends WeekLine {
  readonly row: WeekRow;
  readonly sheet: WeekSheet;
}

/** All lines of a week in the order of time. */
export function linesOf(week: Week): PlacedLine[] {
  return week.rows
    .flatMap((row) => row.sheets.flatMap((sheet) => sheet.lines.map((line) => ({ ...line, row, sheet }))))
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
}
