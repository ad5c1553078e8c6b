import { useId, useState } from 'react';
import { OWN_REQUEST, readAgain } from '../../lib/api';
import { say } from '../../ui/toast';

const MOST_BYTES = 5_000_000;

/** Adds a file as evidence; it is encrypted, and only verifiers read it. */
export function EvidenceUpload({ credentialId }: { readonly credentialId: string }) {
  const id = useId();
  const [fault, setFault] = useState('');
  const [isSending, setSending] = useState(false);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setSending(true);
    setFault(await refusalOf(credentialId, file));
    setSending(false);
  };
  return (
    <div className="field">
      <label htmlFor={id}>Add evidence</label>
      <input
        id={id}
        type="file"
        accept="application/pdf,image/png,image/jpeg"
        disabled={isSending}
        aria-invalid={fault !== ''}
        aria-describedby={`${id}-about`}
        onChange={(event) => {
          void send(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <div id={`${id}-about`} className="about">
        {fault && <div className="error">{fault}</div>}
        <div className="hint">
          {isSending ? 'Sending' : 'PDF, PNG or JPEG, up to 5 MB. Only verifiers read it.'}
        </div>
      </div>
    </div>
  );
}

/** Sends a file. Gives the sentence where it was refused, else an empty text. */
async function refusalOf(credentialId: string, file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    return 'This file is larger than 5 MB. Make it smaller, or send its first pages.';
  const headers = {
    ...OWN_REQUEST,
    'content-type': file.type,
    'x-file-name': encodeURIComponent(file.name),
  };
  const response = await fetch(`/files/credential-evidence/${credentialId}`, {
    method: 'POST',
    headers,
    body: file,
  }).catch(() => undefined);
  if (!response) return 'The server does not answer. Nothing was lost; choose the file again in a moment.';
  if (!response.ok) {
    const answer = (await response.json().catch(() => ({}))) as { message?: string };
    return answer.message ?? 'The file could not be sent. Choose it again.';
  }
  say(`${file.name} was added.`);
  readAgain();
  return '';
}
