import { createRequire } from 'node:module';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageFrame, PublicPage, RenderPublicPage } from '../../../../web/src/public/page-data';
import { Config } from '../../platform/config/config';
import { themeOf } from '../../platform/http/theme';
import { WebAssets } from '../../platform/http/web-assets';

const STYLES = 'src/public/public.css';
const SHARED = 'public, max-age=60, stale-while-revalidate=600';
/** A page that knows the visitor (signed in, or a chosen theme) is theirs alone. */
const PERSONAL = 'private, no-cache';

/** Draws public pages with the components of the built web client. */
@Injectable()
export class PublicRenderer {
  private built: { readonly render: RenderPublicPage; readonly assets: WebAssets } | undefined;

  constructor(private readonly config: Config) {}

  /** Answers a request with a page. Sets no cookie. */
  async send(request: FastifyRequest, reply: FastifyReply, page: PublicPage, status: number): Promise<void> {
    const { render, assets } = (this.built ??= this.load());
    const theme = themeOf(request);
    const isSignedIn = request.actor.kind === 'PERSON';
    const [address = '/'] = request.url.split('?');
    const frame: PageFrame = {
      canonical: this.config.publicUrl + address,
      theme,
      isSignedIn,
      styles: assets.stylesOf(STYLES),
      fonts: assets.fonts,
    };
    await reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('vary', 'cookie')
      .header('cache-control', theme || isSignedIn ? PERSONAL : SHARED)
      .send(render(page, frame));
  }

  /** The bundle brings its own React; it is loaded when the first page is asked for, so that a worker never does. */
  private load() {
    const file = path.resolve(this.config.webDir, 'dist/server/public.cjs');
    const { renderPublicPage } = createRequire(__filename)(file) as { renderPublicPage: RenderPublicPage };
    const assets = WebAssets.read(this.config.webDir);
    if (!assets) throw new Error('the web client is not built');
    return { render: renderPublicPage, assets };
  }
}
