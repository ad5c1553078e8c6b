import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { MailSettingsQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { CheckField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page, Ready } from '../../ui/page';
import { say } from '../../ui/toast';

const MailSettings = graphql(`
  query MailSettings {
    mailSetting {
      isDigestOn
      digestHour
      isAlertOn
    }
    viewer {
      id
      timeZone
    }
  }
`);
const SetMailSettings = graphql(`
  mutation SetMailSettings($input: MailSettingInput!) {
    setMailSetting(input: $input)
  }
`);

type Setting = MailSettingsQuery['mailSetting'];
const HOURS = Array.from(
  { length: 24 },
  (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const,
);

/** Which emails about new work and candidates somebody gets. */
export function EmailSettingsPage() {
  const query = useQuery({ query: MailSettings });
  return (
    <Page
      title="Emails"
      about="About new work and new candidates. Emails about your account, offers, hours and money come in any case."
      action={<Link to="/notifications">Notifications</Link>}
    >
      <Ready query={query}>
        {({ mailSetting, viewer }) => (
          <SettingForm
            key={JSON.stringify(mailSetting)}
            setting={mailSetting}
            zone={viewer?.timeZone ?? 'UTC'}
          />
        )}
      </Ready>
    </Page>
  );
}

function SettingForm({
  setting: { isDigestOn, digestHour, isAlertOn },
  zone,
}: {
  readonly setting: Setting;
  readonly zone: string;
}) {
  const form = useAppForm({
    values: { isDigestOn, digestHour: String(digestHour), isAlertOn },
    rules: rules.object({
      isDigestOn: rules.boolean(),
      digestHour: rules.string(),
      isAlertOn: rules.boolean(),
    }),
    write: SetMailSettings,
    variables: (values) => ({ input: { ...values, digestHour: Number(values.digestHour) } }),
    onDone: () => say('Saved.'),
  });
  return (
    <Form form={form} button="Save">
      <CheckField
        form={form}
        name="isDigestOn"
        label="A daily email"
        hint="Experts: the best new openings with the reasons. Labs: new candidates of open openings. Nothing new, no email."
      />
      <SelectField
        form={form}
        name="digestHour"
        label="From this hour on"
        options={HOURS}
        hint={`In your time zone, ${zone.replaceAll('_', ' ')}; change it under Account.`}
      />
      <CheckField
        form={form}
        name="isAlertOn"
        label="Emails of saved searches"
        hint="Without emails, what your searches find waits behind the bell."
      />
    </Form>
  );
}

/** Ends these emails by the address in one of them, without signing in. */
export function UnsubscribePage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const [state, setState] = useState<'ASKED' | 'SENDING' | 'ENDED' | 'FAILED'>('ASKED');
  const end = async () => {
    setState('SENDING');
    const answer = await fetch(`/unsubscribe/${encodeURIComponent(token)}`, { method: 'POST' }).catch(
      () => undefined,
    );
    setState(answer?.ok ? 'ENDED' : 'FAILED');
  };
  return (
    <Page title="End these emails">
      {state === 'ENDED' ? (
        <Notice>
          <p role="status">
            Done. You get no more emails about new work and candidates. Your saved searches are kept, and the
            bell still tells what they find. Emails about your account, offers, hours and money still come.
          </p>
        </Notice>
      ) : (
        <>
          <p>You get no more daily emails, and none of your saved searches. You need not sign in.</p>
          {state === 'FAILED' && (
            <Notice tone="bad">
              <p role="alert">
                It was not done: this address is not one of ours, or the connection failed. Try again, or sign
                in and choose <Link to="/notifications/emails">which emails you get</Link>.
              </p>
            </Notice>
          )}
          <Button isSending={state === 'SENDING'} onPress={() => void end()}>
            End these emails
          </Button>
        </>
      )}
    </Page>
  );
}
