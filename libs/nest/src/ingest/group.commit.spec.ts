import { setImmediate as nextTurn } from 'node:timers/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { GroupCommit } from './group.commit';

describe('group commit', () => {
  it('stores what waits at the same time together, and one group at a time', async () => {
    const groups: string[][] = [];
    let release: () => void = () => undefined;
    const commits = new GroupCommit<string>(async (take) => {
      groups.push([...take()]);
      if (groups.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const first = [commits.add('a', 1), commits.add('b', 1)];
    await nextTurn();
    const second = [commits.add('c', 1), commits.add('d', 1)];
    await nextTurn();
    expect(groups).toEqual([['a', 'b']]);
    release();
    await Promise.all([...first, ...second, commits.drained()]);
    expect(groups).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('stores with a group all that came until it could begin', async () => {
    const groups: string[][] = [];
    const commits = new GroupCommit<string>(async (take) => {
      await pause(20);
      groups.push([...take()]);
    });
    const all = [commits.add('a', 1)];
    await pause(5);
    await Promise.all([...all, commits.add('b', 1)]);
    expect(groups).toEqual([['a', 'b']]);
  });

  it('tells everybody in a group that it failed, and goes on with the next', async () => {
    let isBroken = true;
    const commits = new GroupCommit<string>(() =>
      isBroken ? Promise.reject(new Error('disk full')) : Promise.resolve(),
    );
    const both = await Promise.allSettled([commits.add('a', 1), commits.add('b', 1)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    await expect(commits.add('c', 1)).resolves.toBeUndefined();
  });

  it('refuses more than memory should hold, and says when to come back', async () => {
    const commits = new GroupCommit<string>(() => Promise.resolve());
    const waiting = Array.from({ length: 8 }, () => commits.add('batch', 2_500));
    expect(() => commits.add('one more', 1)).toThrow(
      expect.objectContaining({ code: 'overloaded', retryAfterMs: 1_000, isByDesign: true }),
    );
    await Promise.all(waiting);
    await expect(commits.add('later', 1)).resolves.toBeUndefined();
  });

  it('is in time for as much as it stored in that time lately', async () => {
    let groupMs = 500;
    const commits = new GroupCommit<number>(() => pause(groupMs));
    const mostTimely = async (): Promise<number> => {
      const added: Promise<void>[] = [];
      while (commits.isTimely() && added.length < 40) added.push(commits.add(500, 500));
      await Promise.all(added);
      return added.length;
    };
    const atFirst = await mostTimely();
    const whenSlow = await mostTimely();
    groupMs = 5;
    for (let again = 0; again < 6; again += 1) await mostTimely();
    expect(atFirst).toBe(5);
    expect(whenSlow).toBeLessThan(atFirst);
    expect(await mostTimely()).toBeGreaterThan(whenSlow);
  });

  it('learns nothing of how long a queue takes from groups of few', async () => {
    const commits = new GroupCommit<number>(() => pause(30));
    for (let again = 0; again < 5; again += 1) await commits.add(1, 1);
    const added = [commits.add(1_500, 1_500)];
    expect([commits.isTimely(), commits.isTimely(0.5)]).toEqual([true, false]);
    await Promise.all(added);
  });

  it('is as fast as ever soon after the disk stood still, though only a few were let in since', async () => {
    let groupMs = 2_000;
    const commits = new GroupCommit<number>(async (take) => {
      await pause(groupMs);
      take();
    });
    await commits.add(300, 300);
    groupMs = 1;
    const isManyTimely = async (): Promise<boolean> => {
      const added = commits.add(1_500, 1_500);
      const isTimely = commits.isTimely();
      await added;
      return isTimely;
    };
    for (let again = 0; again < 20; again += 1) await commits.add(20, 20);
    expect(await isManyTimely()).toBe(true);
  });

  it('keeps a group to a size that is stored quickly', async () => {
    const sizes: number[] = [];
    const commits = new GroupCommit<number>((take) => {
      sizes.push(take().reduce((sum, size) => sum + size, 0));
      return Promise.resolve();
    });
    await Promise.all(Array.from({ length: 8 }, () => commits.add(400, 400)));
    expect(sizes).toEqual([800, 800, 800, 800]);
  });
});
