import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config';
import { themeOf } from './theme';
import { WebAssets } from './web-assets';

/** Addresses that the web client draws, with the heading that stands there until it does. */
const APP_PATHS: Record<string, string> = {
  '/sign-in': 'Sign in',
  '/sign-up': 'Create an account',
  '/first-admin': 'The first admin',
  '/forgotten-password': 'Forgotten password',
  '/reset-password': 'New password',
  '/home': 'Your pages',
  '/welcome': 'Welcome',
  '/join': 'Join a lab',
  '/notifications': 'Notifications',
  '/account': 'Your account',
  '/unsubscribe': 'End these emails',
  '/lab': 'Your lab',
  '/expert': 'Your work',
  '/admin': 'Administration',
  '/compare': 'Two halves of a tally',
};
const ENTRY = 'src/app/main.tsx';

/** Serves the built web client: its files for a year by their hashed names, and one shell for its pages. */
export async function webPages(http: FastifyInstance, config: Config): Promise<void> {
  const assets = WebAssets.read(config.webDir);
  if (!assets) return;
  await http.register(
    fastifyStatic as never,
    {
      root: path.resolve(config.webDir, 'dist/client'),
      prefix: '/assets/',
      index: false,
      maxAge: 31_536_000_000,
      immutable: true,
      decorateReply: false,
    } as never,
  );
  for (const [base, heading] of Object.entries(APP_PATHS)) {
    for (const url of [base, `${base}/*`]) {
      http.get(url, async (request, reply) => {
        const [pathname = base] = request.url.split('?');
        return reply
          .type('text/html; charset=utf-8')
          .header('cache-control', 'no-store')
          .send(shell(assets, { heading, pathname, nonce: reply.nonce, theme: themeOf(request) }));
      });
    }
  }
}

interface Shell {
  readonly heading: string;
  readonly pathname: string;
  readonly nonce: string;
  readonly theme?: string;
}

/** The document in which the client starts: what the page needs is fetched at once, header and heading are already there. */
function shell(assets: WebAssets, { heading, pathname, nonce, theme }: Shell): string {
  const links = [
    ...assets.fonts.map(
      (font) => `<link rel="preload" as="font" type="font/woff2" href="${font}" crossorigin="anonymous">`,
    ),
    ...assets.stylesOf(ENTRY).map((css) => `<link rel="stylesheet" href="${css}">`),
    ...assets
      .modulesOf(ENTRY, pathname)
      .map((file) => `<link rel="modulepreload" nonce="${nonce}" href="${file}">`),
  ];
  return `<!doctype html>
<html lang="en"${theme ? ` data-theme="${theme}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" nonce="${nonce}">
<title>${heading} · Tallystick</title>
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
${links.join('\n')}
<script type="module" nonce="${nonce}" src="${assets.scriptOf(ENTRY)}"></script>
</head>
<body><div id="root"><header class="top"><a class="brand" href="/">Tallystick</a></header><main class="narrow"><h1>${heading}</h1><p class="starting" role="status">One moment.</p><noscript>These pages need JavaScript. The <a href="/openings">openings</a> and the <a href="/rate-card">rate card</a> do not.</noscript></main></div></body>
</html>`;
}
