import { Logger } from '@nestjs/common';
import { track, World } from '../world.fixture';
import { DefinitionsCache } from './definitions.cache';

describe('the rules that are in force', () => {
  let world: World;
  let warnings: unknown[];

  beforeEach(async () => {
    world = await World.open();
    warnings = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((said: unknown) => void warnings.push(said));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.close();
  });

  const store = (key: string, document: string): Promise<unknown> =>
    world.database.write((sql) =>
      sql.query('UPDATE "ls_rules" SET "document" = ?, "version" = "version" + 1 WHERE "key" = ?', [document, key]),
    );

  it('go on without one that is no rule, and say which one and why, once', async () => {
    await store('spike', '{"key":"spike"}');
    for (const _ of [1, 2]) await world.send([track('u1', 'Demo Requested', world.clock.now())]);
    expect(warnings).toEqual([
      expect.objectContaining({ ruleKey: 'spike', code: 'rule_broken', workspaceId: world.workspaceId }),
    ]);
    const { definitions } = await world.get(DefinitionsCache).of(world.database.read, world.workspaceId);
    expect(definitions.rules.map(({ key }) => key).sort()).toEqual(['engagement-high', 'gone-quiet']);
  });
});
