import { useEffect, useRef, type ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { AppForm } from '../lib/form';
import { Button, type Weight } from './button';
import { Notice, ProblemNotice } from './notice';

/** A form: its fields, what was refused, and the button that sends it. */
export function Form<Values extends FieldValues>({
  form,
  button,
  weight = 'main',
  isDisabled,
  beside,
  onAsk,
  children,
}: {
  readonly form: AppForm<Values>;
  /** The verb on the button. */
  readonly button: string;
  readonly weight?: Weight;
  readonly isDisabled?: boolean;
  /** What stands beside the button. */
  readonly beside?: ReactNode;
  /** Asks before anything is sent, where money moves; called once what is typed is right. */
  readonly onAsk?: () => void;
  readonly children: ReactNode;
}) {
  const submit = async () => {
    if (onAsk === undefined) await form.send();
    else await form.handleSubmit(onAsk)();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.isSending) void submit();
      }}
    >
      <Summary form={form} />
      <ProblemNotice problem={form.problem} />
      {children}
      <div className="row">
        <Button type="submit" weight={weight} isSending={form.isSending} isDisabled={isDisabled}>
          {button}
        </Button>
        {beside}
      </div>
    </form>
  );
}

/** Says that what was typed earlier is here again, and offers to begin anew. */
export function Restored<Values extends FieldValues>({ form }: { readonly form: AppForm<Values> }) {
  if (!form.isRestored) return null;
  return (
    <Notice>
      What you typed earlier in this tab, and did not send, is here again.{' '}
      <Button weight="quiet" onPress={form.startOver}>
        Start over
      </Button>
    </Notice>
  );
}

/** All that is wrong, above a form with more than one fault; takes the focus so that it is read. */
function Summary<Values extends FieldValues>({ form }: { readonly form: AppForm<Values> }) {
  const { errors, submitCount } = form.formState;
  const place = useRef<HTMLDivElement>(null);
  const sentences = sentencesOf(errors);
  const isShown = sentences.length > 1 && submitCount > 0;
  useEffect(() => {
    if (isShown) place.current?.focus();
  }, [isShown, submitCount]);
  if (!isShown) return null;
  return (
    <div className="notice bad" role="alert" tabIndex={-1} ref={place}>
      <p>Nothing was sent yet. {sentences.length} things need a change:</p>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function sentencesOf(errors: unknown): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  if ('message' in errors && typeof errors.message === 'string') return [errors.message];
  const found = Object.entries(errors).flatMap(([name, each]) => (name === 'ref' ? [] : sentencesOf(each)));
  return [...new Set(found)];
}
