import type { LabShortlistQuery } from '../../gql/graphql';

/** An expert on a shortlist. */
export type Candidate = LabShortlistQuery['shortlist']['fits']['edges'][number]['node'];

/** Where an expert stands with an opening. */
export type Standing = 'INVITED' | 'APPLIED' | 'OFFERED' | 'ENGAGED' | 'DECLINED' | 'WITHDRAWN';

/** Where experts stand with an opening, by their ids. Absent: not asked yet. */
export type Standings = ReadonlyMap<string, Standing>;
