import type { ReactNode } from 'react';
import { Logo } from '../ui/logo';
import type { Head } from './head';
import type { PageFrame } from './page-data';

const PLACES = [
  ['/openings', 'Openings'],
  ['/rate-card', 'Rate card'],
  ['/transparency', 'What we keep'],
] as const;

/** The frame of a public page, from the doctype's `html` down. */
export function PublicDocument({
  frame,
  head,
  children,
}: {
  readonly frame: PageFrame;
  readonly head: Head;
  readonly children: ReactNode;
}) {
  return (
    <html lang="en" data-theme={frame.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${head.title} · Tallystick`}</title>
        <meta name="description" content={head.description} />
        {head.isIndexed ? (
          <link rel="canonical" href={frame.canonical} />
        ) : (
          <meta name="robots" content="noindex" />
        )}
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="/assets/icon.svg" />
        {frame.fonts.map((href) => (
          <link key={href} rel="preload" as="font" type="font/woff2" href={href} crossOrigin="anonymous" />
        ))}
        {frame.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {head.posting && <StructuredData value={head.posting} />}
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Header place={head.place} isSignedIn={frame.isSignedIn} />
        <main id="main" className="page">
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}

/** Data for search engines. `<` is written as an escape, so that no text can end the block. */
function StructuredData({ value }: { readonly value: object }) {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: text }} />;
}

function Header({ place, isSignedIn }: { readonly place?: string; readonly isSignedIn: boolean }) {
  return (
    <header className="head">
      <div className="wide head-row">
        <a className="wordmark" href="/">
          <Logo /> Tallystick
        </a>
        <nav className="places" aria-label="Site">
          {PLACES.map(([href, label]) => (
            <a key={href} href={href} aria-current={href === place ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        {isSignedIn ? (
          <a className="button enter" href="/home">
            Your pages
          </a>
        ) : (
          <a className="button enter" href="/sign-in">
            Sign in
          </a>
        )}
      </div>
    </header>
  );
}

function Footer() {
  return (
    <footer className="foot">
      <div className="wide foot-row">
        <p className="foot-word">Tallystick. Neither half can be cut alone.</p>
        <nav aria-label="More">
          <a href="/openings">Openings</a>
          <a href="/rate-card">Rate card</a>
          <a href="/transparency">What we keep</a>
          <a href="/compare">Compare two halves</a>
          <a href="/terms">Terms</a>
          <a href="/privacy">Privacy</a>
        </nav>
        <p className="quiet">
          Free software under AGPL-3.0: whoever runs it may read and change all of it. These pages set no
          cookie and run no script.
        </p>
      </div>
    </footer>
  );
}
