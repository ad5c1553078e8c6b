import { graphql } from '../gql';
import type { ExpertHomeQuery } from '../gql/graphql';

export const Home = graphql(`
  query ExpertHome {
    homeForExpert {
      id
      kind
      title
      sentence
      link
      due
    }
    myWeek {
      loggedSeconds
      rows {
        engagementId
        openingTitle
        labName
        leftSeconds
        holdState
      }
    }
    payoutStanding {
      accountState
      earnings {
        currency
        earned {
          minor
          currency
        }
        payable {
          minor
          currency
        }
        onItsWay {
          minor
          currency
        }
      }
    }
  }
`);

/** Everything that decides what waits for an expert. */
export type HomeData = ExpertHomeQuery;
