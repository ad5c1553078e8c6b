import { graphql } from '../../gql';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { ProblemNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-action';

const OpenBankDetails = graphql(`
  mutation OpenBankDetails($pastAccountId: ID) {
    openBankDetails(pastAccountId: $pastAccountId) {
      url
    }
  }
`);
const LookAgainAtAccount = graphql(`
  mutation LookAgainAtAccount {
    setUpPayoutAccount {
      accountState
    }
  }
`);

/** Goes to the payment provider's page, and stays where it is when that is refused. */
function useBankDetails(pastAccountId?: string) {
  const { run, isSending, problem } = useAction(OpenBankDetails);
  const open = async () => {
    const found = await run({ pastAccountId });
    if (found) window.location.assign(found.openBankDetails.url);
    return undefined;
  };
  return { open, isSending, problem };
}

/** The way to where bank details are given; for an account that was left where one is named. */
export function GiveBankDetails({
  button = 'Give bank details',
  pastAccountId,
}: {
  readonly button?: string;
  readonly pastAccountId?: string;
}) {
  const { open, isSending, problem } = useBankDetails(pastAccountId);
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button weight="main" isSending={isSending} onPress={() => void open()}>
        {button}
      </Button>
    </>
  );
}

/** The same for an account that is paid: what the change means is said first. */
export function ChangeBankDetails({ coolDownHours }: { readonly coolDownHours: number }) {
  const { open, isSending, problem } = useBankDetails();
  return (
    <Confirm
      button="Change bank details"
      title="Change where you are paid?"
      verb="Go to the payment provider"
      isSending={isSending}
      problem={problem}
      run={open}
    >
      <Facts
        facts={[
          ['What is on its way now', 'Still arrives at the bank account that you have'],
          [
            'Payouts after the change',
            `Wait ${coolDownHours} hours, with what a bank sent back, so that nobody else can send your money away; then they go on by themselves`,
          ],
          ['What you earn meanwhile', 'Is kept for you'],
        ]}
      />
      <p>Nothing changes before you save at the payment provider.</p>
    </Confirm>
  );
}

/** Asks the payment provider once more, where its message may have been lost. */
export function LookAgain() {
  const { run, isSending, problem } = useAction(LookAgainAtAccount);
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button isSending={isSending} onPress={() => void run({})}>
        Look again
      </Button>
    </>
  );
}
