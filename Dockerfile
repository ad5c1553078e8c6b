FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM build AS migrate
CMD ["node", "tools/migrate-server.mjs"]

FROM build AS app
ENV NODE_ENV=production
RUN mkdir /data && chown node /data
USER node
CMD ["node", "apps/api/dist/main.js"]

FROM caddy:2 AS web
COPY apps/web/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /app/apps/web/dist/client /srv/assets
