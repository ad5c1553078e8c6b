import { useState } from 'react';
import { useMutation, type AnyVariables, type DocumentInput } from 'urql';
import { problemOf, type Problem } from '../lib/problem';

/** One write of a page without a form: sends it, says that it is being sent, keeps what was refused. */
export function useAction<Data, Variables extends AnyVariables>(document: DocumentInput<Data, Variables>) {
  const [{ fetching }, send] = useMutation<Data, Variables>(document);
  const [problem, setProblem] = useState<Problem>();
  const run = async (variables: Variables): Promise<Data | undefined> => {
    setProblem(undefined);
    const result = await send(variables);
    if (result.error) setProblem(problemOf(result.error));
    return result.error ? undefined : result.data;
  };
  return { run, isSending: fetching, problem };
}
