// The baseline of the list: one plain Fastify route on the same database. Run by the bench with DATABASE_URL and PORT.
import fastify from 'fastify';
import pg from 'pg';
import { plainList } from './plain-list.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const server = fastify();
server.get('/openings', () => plainList(pool, 20));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
