import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config';

declare module 'fastify' {
  interface FastifyReply {
    /** Nonce of this response's content security policy. */
    nonce: string;
  }
}

/** Puts the security headers on every response. Source of the values: docs/decisions/0006-content-security.md. */
export function securityHeaders(http: FastifyInstance, config: Config): void {
  http.decorateReply('nonce', '');
  http.addHook('onRequest', async (_request, reply) => {
    reply.nonce = randomBytes(16).toString('base64');
    setHeaders(reply, config.isHttps);
  });
}

function setHeaders(reply: FastifyReply, isHttps: boolean): void {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${reply.nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${reply.nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
  void reply.headers({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-frame-options': 'DENY',
    ...(isHttps && { 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload' }),
  });
}
