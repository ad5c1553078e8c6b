import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { day } from '../../lib/time';
import { AddCredentialForm } from './add-credential-form';
import { CredentialSheet } from './credential-sheet';
import { isEndingSoon, OwnCredentials, typeOf } from './own-credentials';

/** What is proven of the expert, each step to it, and what ends soon. */
export function CredentialsPage() {
  const query = useQuery({ query: OwnCredentials });
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button weight="main" onPress={() => setAdding(true)}>
      Add a credential
    </Button>
  );
  return (
    <Page
      title="Credentials"
      about="What people verify once opens all work that asks for it. Labs see that it is verified, not the numbers in it."
      action={add}
    >
      <Panel title="Add a credential" isOpen={isAdding} onClose={() => setAdding(false)}>
        <AddCredentialForm onDone={() => setAdding(false)} />
      </Panel>
      <Ready query={query}>
        {({ myCredentials }) => {
          const shown = myCredentials.filter(({ state }) => state !== 'WITHDRAWN');
          const withdrawn = myCredentials.filter(({ state }) => state === 'WITHDRAWN');
          return (
            <>
              {shown.filter(isEndingSoon).map(({ id, type, expiresOn }) => (
                <Notice key={id} tone="warning">
                  Your {typeOf(type).label} ends on {expiresOn && day(expiresOn)}. Add the renewed one now;
                  work that asks for it stops when it has ended.
                </Notice>
              ))}
              {shown.length === 0 && (
                <Empty>
                  Nothing is claimed yet. Add a licence, a degree, a language or where you work; much work
                  asks for none of them.
                </Empty>
              )}
              {shown.map((credential) => (
                <CredentialSheet key={credential.id} credential={credential} />
              ))}
              {withdrawn.length > 0 && (
                <details>
                  <summary>Withdrawn ({withdrawn.length})</summary>
                  <ul>
                    {withdrawn.map(({ id, type, createdAt }) => (
                      <li key={id}>
                        {typeOf(type).label}, claimed on {day(createdAt)}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </Ready>
    </Page>
  );
}
