import type { FastifyReply, FastifyRequest } from 'fastify';

/** Under https the cookie takes the `__Host-` prefix; on loopback without https it cannot. */
const SECURE_NAME = '__Host-tallystick';
const PLAIN_NAME = 'tallystick';
export const SESSION_COOKIES = [SECURE_NAME, PLAIN_NAME] as const;

/** The session token of a request, if any: from the browser's cookie, or as a bearer token from other clients. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  return request.cookies[SECURE_NAME] ?? request.cookies[PLAIN_NAME] ?? bearer;
}

/** Gives the browser its session. */
export function setSessionCookie(
  reply: FastifyReply,
  token: string,
  isHttps: boolean,
  maxAgeSeconds: number,
): void {
  void reply.setCookie(isHttps ? SECURE_NAME : PLAIN_NAME, token, {
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: 'lax',
    maxAge: maxAgeSeconds,
  });
}

/** Takes the session from the browser. */
export function clearSessionCookie(reply: FastifyReply, isHttps: boolean): void {
  void reply.clearCookie(isHttps ? SECURE_NAME : PLAIN_NAME, {
    path: '/',
    httpOnly: true,
    secure: isHttps,
    sameSite: 'lax',
  });
}
