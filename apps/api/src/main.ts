import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { ProvisionService, leadScoringOpenApi } from '@rekindle/nest';
import { bannerOf } from './banner';
import { ClosingDoor } from './closing.door';
import { seedDemoOnce } from './demo.start';
import { EnvironmentError, readEnvironment, type Environment } from './env';
import { provisionFirst, shownDemoCredentials, type ShownCredentials } from './first.start';
import { createLogger } from './logger';
import { apiVersion, createServer } from './server.factory';
import { stopOnSignals } from './shutdown';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const adminFolder = fileURLToPath(new URL('../admin', import.meta.url));

type Server = Awaited<ReturnType<typeof createServer>>;

async function credentialsToShow(app: Server, env: Environment): Promise<ShownCredentials | null> {
  const [first] = await app.get(ProvisionService, { strict: false }).list();
  if (first) return first.isDemo ? shownDemoCredentials(env) : null;
  return (await provisionFirst(app, env))?.credentials ?? null;
}

async function serve(): Promise<void> {
  const env = readEnvironment();
  const logger = createLogger(env.logLevel);
  await seedDemoOnce(env, logger, say);
  const door = new ClosingDoor();
  const app = await createServer(env, { logger, adminFolder, door });
  stopOnSignals(app, door, logger);
  const credentials = await credentialsToShow(app, env);
  await app.listen(env.port, env.host);
  process.stdout.write(bannerOf(env, credentials));
}

try {
  if (process.argv.includes('--openapi')) say(JSON.stringify(leadScoringOpenApi(apiVersion), null, 2));
  else await serve();
} catch (error) {
  const message = error instanceof EnvironmentError ? error.message : `The server could not start: ${String(error)}`;
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
