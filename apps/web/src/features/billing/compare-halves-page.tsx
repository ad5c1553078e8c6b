import {
  agreeAsFarAsBothGo,
  compareHalves,
  halfAmount,
  halvesAgree,
  newerWords,
  NOT_SIGNED_WORDS,
  type Half,
  type TallyResult,
} from '@tallystick/domain';
import { useId, useState, type FormEvent } from 'react';
import { chosenHalf, chosenKeys, HalfProblem, halfTools, ownKeys } from '../../lib/halves';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Tally } from '../../ui/tally';

interface Compared {
  readonly result: TallyResult;
  readonly lab: Half;
}

/** Puts two halves together in the browser. The files are read here and sent nowhere; no account is needed. */
export function CompareHalvesPage() {
  const [first, setFirst] = useState<File>();
  const [second, setSecond] = useState<File>();
  const [keys, setKeys] = useState<File>();
  const [problem, setProblem] = useState('');
  const [compared, setCompared] = useState<Compared>();
  const choose = (set: (file: File | undefined) => void) => (file: File | undefined) => {
    set(file);
    setCompared(undefined);
    setProblem('');
  };
  const compare = async (event: FormEvent) => {
    event.preventDefault();
    setCompared(undefined);
    setProblem('');
    try {
      if (!first || !second) throw new HalfProblem('Choose both halves: the lab’s file and the expert’s.');
      setCompared(await comparedFiles(first, second, keys));
    } catch (error) {
      if (!(error instanceof HalfProblem)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <Page
      title="Two halves of a tally"
      about="The lab and the expert each hold the statement of their engagement as a JSON file. Put together, the two must match, line by line, and both must be as they were signed."
    >
      <form onSubmit={(event) => void compare(event)}>
        <Chooser
          label="One half"
          hint="The JSON file of the lab or of the expert."
          onChoose={choose(setFirst)}
        />
        <Chooser
          label="The other half"
          hint="The JSON file of the other side."
          onChoose={choose(setSecond)}
        />
        <Chooser
          label="Keys, if you saved them"
          hint="Without a file, the public keys of this address are taken. Keys that you saved earlier are the stronger proof."
          onChoose={choose(setKeys)}
        />
        <Button type="submit" weight="main">
          Compare
        </Button>
        <p className="quiet">
          Your browser compares the files itself. Nothing is uploaded, and nothing is kept.
        </p>
      </form>
      <div role="status">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {compared && <Outcome compared={compared} />}
      </div>
    </Page>
  );
}

async function comparedFiles(first: File, second: File, keys: File | undefined): Promise<Compared> {
  const halves = [await chosenHalf(first), await chosenHalf(second)];
  const lab = halves.find(({ side }) => side === 'LAB');
  const expert = halves.find(({ side }) => side === 'EXPERT');
  if (!lab || !expert)
    throw new HalfProblem(
      `Both files are the ${lab ? 'lab' : 'expert'}’s half. Choose one half of each side.`,
    );
  const tools = await halfTools(keys ? await chosenKeys(keys) : await ownKeys());
  return { lab, result: await compareHalves(lab, expert, tools) };
}

function Outcome({ compared: { result, lab } }: { readonly compared: Compared }) {
  if (halvesAgree(result)) {
    const amount = (minor: string) => ({ minor, currency: lab.currency });
    const { totals, weeks } = lab;
    return (
      <>
        <Notice tone="good">
          <p>
            <strong>The two halves match.</strong> {counted(totals.lines, 'line')} in{' '}
            {counted(weeks.length, 'week')} are the same on both sides and as they were signed: each line,
            each signature, every sum, and the root over all weeks. The lab paid{' '}
            {halfAmount(totals.priceMinor, lab.currency)}.
          </p>
          <p>
            Root: <code>{lab.root}</code>
          </p>
          <p>{NOT_SIGNED_WORDS}</p>
        </Notice>
        {totals.lines > 0 && (
          <Tally
            tally={{
              price: amount(totals.priceMinor),
              pay: amount(totals.payMinor),
              fee: amount(totals.feeMinor),
            }}
            label={lab.opening}
          />
        )}
      </>
    );
  }
  if (agreeAsFarAsBothGo(result))
    return (
      <Notice tone="warning">
        <p>
          <strong>One half is older than the other; as far as it goes, the two match.</strong> Both are as
          they were signed.
        </p>
        <Newer result={result} />
        <p>{NOT_SIGNED_WORDS}</p>
      </Notice>
    );
  return (
    <Notice tone="bad">
      <p>
        <strong>The two halves do not match.</strong>{' '}
        {result.difference ?? 'They say the same, and not what was signed.'} Keep both files as they are, and
        tell us and the other side.
      </p>
      <Newer result={result} />
      <Problems title="The lab’s half" problems={result.lab} />
      <Problems title="The expert’s half" problems={result.expert} />
    </Notice>
  );
}

/** Which half is newer, and what only it has; nothing where both are of one time. */
function Newer({ result }: { readonly result: TallyResult }) {
  if (!result.newer) return null;
  return (
    <ul>
      {newerWords(result.newer, result.difference === undefined).map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function Problems({ title, problems }: { readonly title: string; readonly problems: readonly string[] }) {
  return (
    <>
      <p>
        {title}: {problems.length === 0 ? 'as it was signed.' : 'not as it was signed.'}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, 10).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Chooser({
  label,
  hint,
  onChoose,
}: {
  readonly label: string;
  readonly hint: string;
  readonly onChoose: (file: File | undefined) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        aria-describedby={`${id}-about`}
        onChange={(event) => onChoose(event.target.files?.[0])}
      />
      <div id={`${id}-about`} className="about">
        <div className="hint">{hint}</div>
      </div>
    </div>
  );
}
