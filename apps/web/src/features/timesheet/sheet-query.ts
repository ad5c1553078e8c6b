import { graphql } from '../../gql';
import type { ExpertSheetQuery } from '../../gql/graphql';

export const OneSheet = graphql(`
  query ExpertSheet($id: ID!) {
    timesheet(id: $id) {
      id
      engagementId
      openingTitle
      labName
      weekStart
      sheetNumber
      state
      submittedAt
      reviewDueAt
      labActedAt
      isRecallable
      countedSeconds
      weeklyCapHours
      expertEstimate
      total {
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
      lines {
        id
        kind
        source
        note
        startsAt
        endsAt
        state
        countedSeconds
        isCharged
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
        questions {
          id
          question
          proposedSeconds
          askedAt
          answer
          answeredAt
          resolution
          resolvedAt
        }
      }
    }
  }
`);

export type OneSheetOf = ExpertSheetQuery['timesheet'];
export type SheetLine = OneSheetOf['lines'][number];
