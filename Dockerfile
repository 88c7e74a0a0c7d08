# One image for every service; docker-compose.yml says which process each runs.
FROM node:20-bookworm-slim AS build
WORKDIR /waybill
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY apps ./apps
COPY libs ./libs
COPY bench ./bench
COPY docs ./docs
RUN node scripts/build.mjs

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /waybill
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL comes as an optional package; a service is told where its database is.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY --from=build /waybill/dist ./dist
COPY apps/ops-ui ./apps/ops-ui
USER node
CMD ["node", "dist/apps/ops-api/main.js"]
