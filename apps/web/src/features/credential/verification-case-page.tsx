import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ClaimToDecideQuery } from '../../gql/graphql';
import { day } from '../../lib/time';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready, Sheet } from '../../ui/page';
import { fieldWords, stateWords, typeOf, typeWords } from './claim-words';
import { OtherClaims, SameClaims } from './claim-beside';
import { ClaimEvidence } from './claim-evidence';
import { ClaimSteps } from './claim-steps';
import { DecideClaim } from './decide-claim';
import { Stopping } from './stop-claim';

const ClaimToDecide = graphql(`
  query ClaimToDecide($id: ID!) {
    credentialCase(id: $id) {
      id
      type
      state
      jurisdiction
      expertId
      expertName
      createdAt
      submittedAt
      verifiedAt
      expiresOn
      seenHash
      claim {
        name
        value
      }
      evidence {
        id
        fileName
        mediaType
        sizeBytes
        sha256
        uploadedAt
      }
      verifications {
        id
        method
        outcome
        reason
        reasonCode
        isOwn
        decidedAt
      }
      alsoOfExpert {
        id
        type
        state
        jurisdiction
        expertName
        verifiedAt
      }
      sameOfOthers {
        id
        type
        state
        jurisdiction
        expertName
        verifiedAt
      }
    }
    verificationQueue(first: 2) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

/** A claim as the pages of verifiers read it. */
export type Claim = ClaimToDecideQuery['credentialCase'];

/** A claim beside its evidence, what was checked and decided before, and the decision. */
export function VerificationCasePage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: ClaimToDecide, variables: { id } });
  return (
    <Ready query={query} title="Claim">
      {({ credentialCase: claim, verificationQueue: { edges } }) => {
        const next = edges.find(({ node }) => node.id !== claim.id)?.node.id;
        return (
          <Page
            title={typeWords(claim.type)}
            about={`${claim.expertName}. ${stateWords(claim.state)}${
              claim.expiresOn ? `, valid until ${day(claim.expiresOn)}` : ''
            }.`}
            back={<Link to="/admin/verification">All claims</Link>}
            action={
              next && (
                <Link className="button" to="/admin/verification/$id" params={{ id: next }}>
                  Next claim
                </Link>
              )
            }
          >
            <SameClaims others={claim.sameOfOthers} />
            <Deciding claim={claim} />
            <Stopping claim={claim} />
            <div className="halves">
              <ClaimSheet claim={claim} />
              <ClaimEvidence claim={claim} />
            </div>
            <ClaimSteps claim={claim} />
            <OtherClaims claim={claim} />
          </Page>
        );
      }}
    </Ready>
  );
}

/** Decisions against the expert; an appeal goes to somebody who made none of them. */
const AGAINST = ['REJECT', 'SUSPEND', 'REVOKE'];

/** Who may decide now, and the way to do it. */
function Deciding({ claim }: { readonly claim: Claim }) {
  const isOpen = claim.state === 'SUBMITTED' || claim.state === 'IN_REVIEW';
  if (!isOpen) return null;
  const since = claim.submittedAt ?? claim.createdAt;
  const ofRound = claim.verifications.filter(({ decidedAt }) => decidedAt >= since);
  const isRegulated = typeOf(claim.type)?.isRegulated ?? false;
  if (ofRound.some(({ isOwn, outcome }) => isOwn && outcome === 'APPROVE'))
    return (
      <Notice>
        You approved this claim. Regulated work takes two verifiers, so somebody else decides now. There is
        nothing more for you to do here.
      </Notice>
    );
  if (claim.verifications.some(({ isOwn, outcome }) => isOwn && AGAINST.includes(outcome)))
    return (
      <Notice>
        You rejected or stopped this claim before. The expert appealed, and an appeal is decided by somebody
        else.
      </Notice>
    );
  return (
    <>
      {claim.state === 'IN_REVIEW' && (
        <Notice tone="warning">
          <p>
            <strong>You are the second verifier.</strong> Another verifier approved this claim. Look for
            yourself at what it says and at its source; what you decide counts, and it is bound to exactly
            what you see here.
          </p>
        </Notice>
      )}
      {claim.state === 'SUBMITTED' && isRegulated && (
        <p className="quiet">This is regulated work: after you, a second verifier decides too.</p>
      )}
      <div className="row">
        <DecideClaim claim={claim} outcome="APPROVE" />
        <DecideClaim claim={claim} outcome="REJECT" />
      </div>
    </>
  );
}

function ClaimSheet({ claim }: { readonly claim: Claim }) {
  const checks = claim.verifications.filter(({ method }) => method === 'FORMAT_CHECK');
  return (
    <Sheet label="Claim">
      <h2>What is claimed</h2>
      <Facts
        facts={[
          ...claim.claim.map(({ name, value }) => [fieldWords(claim.type, name), value] as const),
          claim.jurisdiction ? (['Holds in', claim.jurisdiction] as const) : null,
        ]}
      />
      <h3>Checked by rule</h3>
      {checks.length === 0 ? (
        <p>Nothing could be checked by rule.</p>
      ) : (
        <ul>
          {checks.map(({ id, outcome, reason }) => (
            <li key={id}>
              <span className={`tag ${outcome === 'PASS' ? 'good' : 'bad'}`}>
                {outcome === 'PASS' ? 'Passed' : 'Failed'}
              </span>{' '}
              {reason}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
