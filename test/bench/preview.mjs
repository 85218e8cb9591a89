// A preview of 200 things of which none changes, over TLS: introwctl, and auth0-deploy-cli, which does the same job for Auth0,
// against a stand-in for the few calls that it makes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../dist/index.js';
import { install } from '../package/install.mjs';
import { measure, median, tool } from './run.mjs';

const count = 200;
const runs = 3;
const auth0 = 'auth0-deploy-cli@8.44.0';
const certificateAt = (name) => fileURLToPath(new URL(`../introw/certificate/${name}.pem`, import.meta.url));
const certificate = { key: readFileSync(certificateAt('key')), cert: readFileSync(certificateAt('cert')) };

/** One row for each; one that npm can't install has no figures. */
export async function previews(home) {
  return [await previewOfPartners(join(home, 'preview')), await previewOfApplications(join(home, 'auth0'))];
}

async function previewOfPartners(folder) {
  mkdirSync(folder);
  const partners = numbered((i) => ({ id: `ptn_${i}`, name: `Partner ${i}`, tierId: 'tier_1' }));
  const lines = partners.map(
    ({ id, name, tierId }, i) => `  partner-${i}: { id: ${id}, name: ${name}, tierId: ${tierId} }\n`,
  );
  writeFileSync(join(folder, 'partners.yaml'), `version: 1\npartners:\n${lines.join('')}`);
  const introw = await startSandbox({ seed: { partners }, rateLimit: 100_000 });
  const { server, port } = await listen((asked, answer) => {
    const { method, headers } = asked;
    const passedOn = request(new URL(asked.url, introw.url), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode, answered.headers);
      answered.pipe(answer);
    });
    asked.pipe(passedOn);
  });
  const env = { INTROW_API_URL: `https://localhost:${port}`, INTROW_API_KEY: introw.keys[0].key };
  const row = await previewWith(
    'introwctl',
    [tool, 'plan'],
    { folder, env, says: 'No changes', packages: 2 },
    () => introw.log.length,
  );
  server.close();
  await introw.close();
  return row;
}

async function previewOfApplications(folder) {
  let packages;
  try {
    packages = install(folder, auth0).length;
  } catch {
    return rowOf(`${auth0}: npm could not install it`, {});
  }
  const clients = numbered((i) => ({
    client_id: `id-${i}`,
    name: `App ${i}`,
    app_type: 'spa',
    global: false,
  }));
  const lines = clients.map(({ name, app_type }) => `  - { name: ${name}, app_type: ${app_type} }\n`);
  writeFileSync(join(folder, 'tenant.yaml'), `clients:\n${lines.join('')}`);
  let requests = 0;
  const { server, port } = await listen((asked, answer) => {
    requests++;
    asked.resume();
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify(auth0Answer(new URL(asked.url, 'https://localhost'), clients)));
  });
  const config = {
    AUTH0_DOMAIN: `localhost:${port}`,
    AUTH0_CLIENT_ID: 'bench',
    AUTH0_CLIENT_SECRET: 'unused',
    AUTH0_INCLUDED_ONLY: ['clients'],
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const command = join(folder, 'node_modules/auth0-deploy-cli/lib/index.js');
  const args = [command, 'import', '-c', 'config.json', '-i', 'tenant.yaml', '--dry-run'];
  const row = await previewWith(
    auth0,
    args,
    { folder, env: {}, says: 'No changes', packages },
    () => requests,
  );
  server.close();
  return row;
}

/** Auth0's calls for a token and for a page of applications, as its reference describes them. */
function auth0Answer({ pathname, searchParams }, clients) {
  if (pathname === '/oauth/token') return { access_token: 'token', token_type: 'Bearer', expires_in: 86_400 };
  if (pathname !== '/api/v2/clients') return [];
  const limit = Number(searchParams.get('per_page'));
  const start = Number(searchParams.get('page')) * limit;
  return { clients: clients.slice(start, start + limit), start, limit, total: clients.length };
}

/** Medians of some runs, each of which must say that nothing changes. */
async function previewWith(name, args, { folder, env, says, packages }, requestsSoFar) {
  const all = [];
  for (let i = 0; i < runs; i++) {
    const before = requestsSoFar();
    const { out, err, wall, cpu, mb } = await measure(args, {
      home: folder,
      cwd: folder,
      env: { ...process.env, ...env, NODE_EXTRA_CA_CERTS: certificateAt('cert') },
    });
    if (!(out + err).includes(says)) throw new Error(`${name} sees changes: ${out}${err}`);
    all.push({ wall, cpu, mb, requests: requestsSoFar() - before });
  }
  const middle = (key) => median(all.map((each) => each[key]));
  const [wall, cpu, mb, requests] = ['wall', 'cpu', 'mb', 'requests'].map(middle);
  return rowOf(name, {
    packages,
    requests,
    time: `${wall.toFixed(2)} s`,
    CPU: `${cpu.toFixed(2)} s`,
    memory: `${Math.round(mb)} MB`,
  });
}

function rowOf(name, { packages = '', requests = '', time = '', CPU = '', memory = '' }) {
  return {
    [`a preview of ${count} of which none changes, over TLS`]: name,
    packages,
    requests,
    time,
    CPU,
    memory,
  };
}

function numbered(make) {
  return Array.from({ length: count }, (_, i) => make(i));
}

async function listen(handle) {
  const server = createServer(certificate, handle);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: server.address().port };
}
