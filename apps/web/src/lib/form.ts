import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useEffect, useRef, useState } from 'react';
import {
  useForm,
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
} from 'react-hook-form';
import { useMutation, type AnyVariables, type DocumentInput } from 'urql';
import { problemOf, type Problem } from './problem';
import { newKey } from './words';

/** How a form behaves. */
interface FormPlan<Values extends FieldValues, Data, Variables extends AnyVariables> {
  /** What the fields hold at first. */
  readonly values: Values;
  /** What can be said wrong before anything is sent: a zod/mini schema of the values. */
  readonly rules?: Parameters<typeof standardSchemaResolver<Values, unknown, Values>>[0];
  /** The write that the form makes. */
  readonly write: DocumentInput<Data, Variables>;
  /** The write's variables. The key makes sending the same values twice act once. */
  readonly variables: (values: Values, key: string) => Variables;
  /** The server's field names where they differ from the form's. */
  readonly fields?: Readonly<Record<string, FieldPath<Values>>>;
  /** What follows once it went through. */
  readonly onDone?: (data: Data, values: Values) => void;
  /** Keeps what is typed in this tab under this name until it is sent. */
  readonly keepAs?: string;
}

/** A form as its fields see it. */
export interface AppForm<Values extends FieldValues> extends UseFormReturn<Values> {
  /** Checks, then sends. Gives true where it went through. */
  readonly send: () => Promise<true | undefined>;
  readonly isSending: boolean;
  /** A refusal that is about no field of the form. */
  readonly problem: Problem | undefined;
  /** True where what was typed earlier in this tab, and not sent, is in the fields again. */
  readonly isRestored: boolean;
  /** Forgets what was typed: the fields hold what they hold at first. */
  readonly startOver: () => void;
}

/** A form that checks what is typed, sends it once, and puts each refusal beside the field that it is about. */
export function useAppForm<Values extends FieldValues, Data, Variables extends AnyVariables>(
  plan: FormPlan<Values, Data, Variables>,
): AppForm<Values> {
  const form = useForm<Values>({
    defaultValues: { ...plan.values, ...kept<Values>(plan.keepAs) } as DefaultValues<Values>,
    resolver: plan.rules && standardSchemaResolver<Values, unknown, Values>(plan.rules),
    mode: 'onTouched',
  });
  const [{ fetching }, write] = useMutation<Data, Variables>(plan.write);
  const [problem, setProblem] = useState<Problem>();
  const [isRestored, setRestored] = useState(() => isDraft(plan.values, kept<Values>(plan.keepAs)));
  const keyFor = useKey();
  useKeeping(form, plan.keepAs);
  // What was refused is not what is typed now.
  useEachChange(form, setProblem);
  const send = async () => {
    let isDone: true | undefined;
    await form.handleSubmit(async (values) => {
      setProblem(undefined);
      const { data, error } = await write(plan.variables(values, keyFor(values)));
      if (error) return show(problemOf(error));
      if (plan.keepAs) sessionStorage.removeItem(plan.keepAs);
      isDone = true;
      if (data !== undefined) plan.onDone?.(data, values);
    })();
    return isDone;
  };
  const show = (found: Problem) => {
    const name = found.field && (plan.fields?.[found.field] ?? fieldNamed(form, found.field));
    if (name)
      form.setError(
        name,
        { type: found.code, message: found.message, ...(found.rowId && { types: { rowId: found.rowId } }) },
        { shouldFocus: true },
      );
    else setProblem(found);
  };
  const startOver = () => {
    form.reset(plan.values);
    if (plan.keepAs) sessionStorage.removeItem(plan.keepAs);
    setProblem(undefined);
    setRestored(false);
  };
  return { ...form, send, isSending: fetching, problem, isRestored, startOver };
}

/** The form's own field that the server's field name ends with, if any: `input.openings.0.title`, `title`. */
function fieldNamed<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  field: string,
): FieldPath<Values> | undefined {
  const path = field.replace(/^input\./, '').replace(/\[(\d+)\]/g, '.$1');
  const known = form.getValues(path as FieldPath<Values>) as unknown;
  return known === undefined ? undefined : (path as FieldPath<Values>);
}

/** One key for the same values, a new one when they change. */
function useKey(): (values: unknown) => string {
  const last = useRef({ text: '', key: '' });
  return (values) => {
    const text = JSON.stringify(values);
    if (last.current.text !== text) last.current = { text, key: newKey() };
    return last.current.key;
  };
}

function kept<Values>(name: string | undefined): Partial<Values> {
  const text = name === undefined ? null : sessionStorage.getItem(name);
  return text === null ? {} : (JSON.parse(text) as Partial<Values>);
}

/** True where something that was kept is not what the fields hold at first. */
function isDraft<Values extends FieldValues>(first: Values, kept: Partial<Values>): boolean {
  return Object.entries(kept).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(first[name]));
}

function useKeeping<Values extends FieldValues>(form: UseFormReturn<Values>, name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return undefined;
    const { unsubscribe } = form.watch((values) => sessionStorage.setItem(name, JSON.stringify(values)));
    return unsubscribe;
  }, [form, name]);
}

/** Calls with nothing whenever a field of the form changes. */
function useEachChange<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  call: (nothing: undefined) => void,
): void {
  useEffect(() => {
    const { unsubscribe } = form.watch(() => call(undefined));
    return unsubscribe;
  }, [form, call]);
}
