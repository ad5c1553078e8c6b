import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config';

/** Addresses that the web client draws. */
const APP_PATHS = [
  '/sign-in',
  '/sign-up',
  '/first-admin',
  '/forgotten-password',
  '/reset-password',
  '/home',
  '/welcome',
  '/join',
  '/notifications',
  '/account',
  '/lab',
  '/expert',
  '/admin',
];

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
}

/** Serves the built web client: its files for a year by their hashed names, and one shell for its pages. */
export async function webPages(http: FastifyInstance, config: Config): Promise<void> {
  const root = path.resolve(config.webDir, 'dist/client');
  const file = path.join(root, '.vite/manifest.json');
  if (!existsSync(file)) return;
  await http.register(
    fastifyStatic as never,
    {
      root,
      prefix: '/assets/',
      index: false,
      maxAge: 31_536_000_000,
      immutable: true,
      decorateReply: false,
    } as never,
  );
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, ManifestEntry>;
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry);
  if (!entry) throw new Error('the web client has no entry');
  for (const base of APP_PATHS) {
    for (const url of [base, `${base}/*`]) {
      http.get(url, async (request, reply) => {
        const theme =
          request.cookies.theme === 'dark' || request.cookies.theme === 'light'
            ? ` data-theme="${request.cookies.theme}"`
            : '';
        return reply
          .type('text/html; charset=utf-8')
          .header('cache-control', 'no-store')
          .send(shell(entry, reply.nonce, theme));
      });
    }
  }
}

function shell(entry: ManifestEntry, nonce: string, theme: string): string {
  const styles = (entry.css ?? []).map((css) => `<link rel="stylesheet" href="/assets/${css}">`).join('');
  return `<!doctype html>
<html lang="en"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" nonce="${nonce}">
<title>Tallystick</title>
<link rel="icon" href="data:,">
${styles}
<script type="module" nonce="${nonce}" src="/assets/${entry.file}"></script>
</head>
<body><div id="root"><main class="narrow"><h1>Tallystick</h1><p role="status">One moment.</p><noscript>These pages need JavaScript. Open work and the rate card at <a href="/">the first page</a> do not.</noscript></main></div></body>
</html>`;
}
