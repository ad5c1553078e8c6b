import { useId, useState } from 'react';
import { graphql } from '../../gql';
import { newKey } from '../../lib/words';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Sheet } from '../../ui/page';
import { useAction } from '../../ui/use-action';

const Import = graphql(`
  mutation ImportResume($resume: String!, $key: String!) {
    importResume(resume: $resume, idempotencyKey: $key)
  }
`);

/** Fills the profile in from a JSON Resume file, and says what was imported and what was not. */
export function ResumeImport() {
  const id = useId();
  const { run, isSending, problem } = useAction(Import);
  const [taken, setTaken] = useState<{
    readonly found: readonly string[];
    readonly leftOut: readonly string[];
  }>();
  const send = async (file: File | undefined) => {
    if (!file) return;
    setTaken(undefined);
    const resume = await file.text();
    const done = await run({ resume, key: newKey() });
    if (!done) return;
    const { partsIn } = await import('./resume-parts');
    setTaken({ found: partsIn(resume), leftOut: done.importResume });
  };
  return (
    <Sheet label="Import a JSON Resume">
      <div className="field">
        <label htmlFor={id}>Import a JSON Resume</label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          disabled={isSending}
          aria-describedby={`${id}-about`}
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <div id={`${id}-about`} className="hint">
          {isSending ? 'Reading the file' : 'A file of jsonresume.org. What you typed before stays.'}
        </div>
      </div>
      <ProblemNotice problem={problem} />
      {taken && (
        <Notice tone={taken.leftOut.length === 0 ? 'good' : 'warning'}>
          <div role="status">
            <p>
              {taken.leftOut.length === 0
                ? 'Everything in the file was imported.'
                : `No place was found for: ${taken.leftOut.join(', ')}. The rest was imported.`}
            </p>
            {taken.found.length > 0 && <p>In the file: {taken.found.join(', ')}. Look it over and save.</p>}
          </div>
        </Notice>
      )}
    </Sheet>
  );
}
