import { renderToStaticMarkup } from 'react-dom/server';
import { PublicDocument } from './document';
import { HomePage } from './home-page';
import { NotFoundPage } from './not-found-page';
import { OpeningPage } from './opening-page';
import { OpeningsPage } from './openings-page';
import type { PageFrame, PublicPage } from './page-data';
import { PrivacyPage } from './privacy-page';
import { RateCardPage } from './rate-card-page';
import { ReportPage } from './report-page';
import { TermsPage } from './terms-page';
import { headOf } from './head';

/** Draws a public page as a whole HTML document: no script, no hydration. */
export function renderPublicPage(page: PublicPage, frame: PageFrame): string {
  const drawn = renderToStaticMarkup(
    <PublicDocument frame={frame} head={headOf(page)}>
      <Content page={page} />
    </PublicDocument>,
  );
  return `<!doctype html>${drawn}`;
}

function Content({ page }: { readonly page: PublicPage }) {
  switch (page.kind) {
    case 'HOME':
      return <HomePage page={page} />;
    case 'RATE_CARD':
      return <RateCardPage page={page} />;
    case 'OPENINGS':
      return <OpeningsPage page={page} />;
    case 'OPENING':
      return <OpeningPage page={page} />;
    case 'REPORT':
      return <ReportPage page={page} />;
    case 'TERMS':
      return <TermsPage page={page} />;
    case 'PRIVACY':
      return <PrivacyPage />;
    case 'NOT_FOUND':
      return <NotFoundPage />;
  }
}
