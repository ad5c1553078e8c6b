import { graphql } from '../../gql';
import type { ModelsOfMatchingQuery } from '../../gql/graphql';

export const ModelsOfMatching = graphql(`
  query ModelsOfMatching {
    matchModels {
      models {
        id
        name
        hash
        isInForce
        wasInForce
        isUsable
        isAsked
        addedByName
        addedAt
        learnedFrom
        heldOutFrom
        learnedTo
        weights {
          part
          weight
        }
        metrics {
          openings
          outcomes
          beforeName
          mapBefore
          mapAfter
          ndcgBefore
          ndcgAfter
          gain
          gainLow
          gainHigh
          brier
          ece
        }
      }
      switches {
        id
        modelName
        kind
        reason
        byName
        at
      }
      exposure {
        days
        experts
        shown
        gini
        withoutShare
        topShare
      }
      impact {
        days
        leastInGroup
        tables {
          question
          stage
          groups {
            group
            people
            selected
            rate
            ratio
            isBelowFourFifths
            isSignificant
          }
        }
      }
    }
  }
`);

type Shown = ModelsOfMatchingQuery['matchModels'];
export type MatchModel = Shown['models'][number];
export type MatchModelSwitch = Shown['switches'][number];
export type MatchExposure = Shown['exposure'];
export type MatchImpact = Shown['impact'];
