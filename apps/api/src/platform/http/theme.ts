import type { FastifyRequest } from 'fastify';

/** The theme that a visitor has chosen, if any; without one their system decides. */
export function themeOf(request: FastifyRequest): 'light' | 'dark' | undefined {
  const { theme } = request.cookies;
  return theme === 'dark' || theme === 'light' ? theme : undefined;
}
