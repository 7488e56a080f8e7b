import fc from 'fast-check';
import { DueHeap, type DueEntry } from './due.heap';

describe('the heap of due leads', () => {
  it('hands leads out by instant, then by id, whatever was moved or taken out before', () => {
    const moves = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.option(fc.nat({ max: 20 }))), { maxLength: 80 });
    fc.assert(
      fc.property(moves, (placed) => {
        const heap = new DueHeap<DueEntry>();
        const entries = Array.from({ length: 10 }, (_, n) => ({ leadId: `lead-${n}`, dueAt: null, heapIndex: -1 }));
        const expected = new Map<string, number>();
        for (const [index, dueAt] of placed) {
          const entry = entries[index];
          if (entry === undefined) continue;
          heap.place(entry, dueAt);
          if (dueAt === null) expected.delete(entry.leadId);
          else expected.set(entry.leadId, dueAt);
        }
        const order: [string, number | null][] = [];
        for (let first = heap.first; first !== undefined; first = heap.first) {
          order.push([first.leadId, first.dueAt]);
          heap.place(first, null);
        }
        expect(order).toEqual(
          [...expected].sort(([id, at], [otherId, otherAt]) => at - otherAt || (id < otherId ? -1 : 1)),
        );
      }),
      { seed: 20_260_404 },
    );
  });
});
