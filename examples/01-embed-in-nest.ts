import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IngestService, LeadScoringModule, LeadService, ProvisionService } from '@rekindle/nest';

const folder = process.argv[2] ?? '.data';

@Module({
  imports: [
    LeadScoringModule.forRoot({
      databaseUrl: `sqlite:${folder}/embedded.db`,
      publicUrl: 'https://crm.example.com',
      secretKey: 'at least thirty-two characters of your own',
      mailFrom: 'hello@example.com',
      postalAddress: 'Example Ltd, 1 Main Street, Springfield',
      role: 'all',
    }),
  ],
})
class CrmModule {}

/** A CRM takes a visit in and reads the score: no HTTP between the two. */
async function main(): Promise<void> {
  const crm = await NestFactory.create(CrmModule, new FastifyAdapter(), { logger: ['error'] });
  await crm.init();
  const workspaceId = await crm.get(ProvisionService).create({ name: 'CRM', timezone: 'Europe/Berlin', isDemo: false });
  const visit = { type: 'track', event: 'Pricing Page Viewed', userId: 'ann', messageId: 'visit-1' };
  const answer = await crm
    .get(IngestService)
    .ingest(workspaceId, [visit], { receivedAt: Date.now(), source: 'crm', trust: 'server' });
  const list = await crm.get(LeadService).list(workspaceId, { sort: '-priority', limit: 10 });
  const [ann] = list.items;
  process.stdout.write(`${answer.accepted} accepted; ${ann?.userId} has ${ann?.engagement.points.toFixed(1)} points\n`);
  await crm.close();
}

void main();
