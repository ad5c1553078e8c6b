import { ExternalLink } from 'lucide-react';
import { moment } from '../../lib/time';
import { Sheet } from '../../ui/page';
import type { Claim } from './verification-case-page';

const KINDS: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/png': 'PNG image',
  'image/jpeg': 'JPEG image',
};

/** The files that were given, and the register that knows. */
export function ClaimEvidence({ claim }: { readonly claim: Claim }) {
  const register = registerOf(claim);
  return (
    <Sheet label="Evidence">
      <h2>Evidence</h2>
      {claim.evidence.length === 0 && (
        <p>No file was given. Compare the claim with the register of its issuer.</p>
      )}
      {claim.evidence.length > 0 && (
        <ul className="list">
          {claim.evidence.map((file) => (
            <li key={file.id}>
              <a href={`/files/credential-evidence/${file.id}`} target="_blank" rel="noreferrer">
                {file.fileName} <ExternalLink size={14} aria-hidden />
                <span className="visually-hidden">(opens in a new tab)</span>
              </a>
              <div className="quiet">
                {KINDS[file.mediaType] ?? file.mediaType},{' '}
                {Math.ceil(file.sizeBytes / 1024).toLocaleString('en')} kB, added {moment(file.uploadedAt)}
              </div>
            </li>
          ))}
        </ul>
      )}
      <h3>Primary source</h3>
      {register ? (
        <p>
          <a href={register.address} target="_blank" rel="noreferrer">
            {register.name} <ExternalLink size={14} aria-hidden />
            <span className="visually-hidden">(opens in a new tab)</span>
          </a>
        </p>
      ) : (
        <p>Ask the issuer, or look it up in the public register of the issuer.</p>
      )}
    </Sheet>
  );
}

/** The public register that knows an identifier of the claim. */
function registerOf({ claim }: Claim): { name: string; address: string } | undefined {
  const valueOf = (name: string) => claim.find((field) => field.name === name)?.value;
  const [npi, orcid] = [valueOf('npi'), valueOf('orcid')];
  if (npi)
    return {
      name: 'Look this NPI up in the register of CMS',
      address: `https://npiregistry.cms.hhs.gov/provider-view/${encodeURIComponent(npi)}`,
    };
  if (orcid)
    return { name: 'Open this ORCID record', address: `https://orcid.org/${encodeURIComponent(orcid)}` };
  return undefined;
}
