import { World } from '../world.fixture';
import { DeliveryService } from './delivery.service';
import { SourceService } from './source.service';

describe('a source that sends', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  it('T20: calls that are refused, for which nobody needs a key, do not even come to the writer', async () => {
    const { id } = await world
      .get(SourceService)
      .create(world.workspaceId, { key: 'webhook', name: 'Shop', settings: {} });
    const write = jest.spyOn(world.database, 'write');
    const call = () => world.get(DeliveryService).receive(id, { method: 'POST', headers: {}, ...{ body: '{}' } });
    for (let calls = 0; calls < 5; calls += 1) await expect(call()).rejects.toMatchObject({ code: 'signature_wrong' });
    expect(write).toHaveBeenCalledTimes(1);
    world.clock.advanceBy(5_000);
    await expect(call()).rejects.toMatchObject({ code: 'signature_wrong' });
    expect(write).toHaveBeenCalledTimes(2);
  });
});
