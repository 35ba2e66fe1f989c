/** Shared names are counted step by step, and always match a full count. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SharedNames } from '../../../src/renderer/board/shared-names.ts';
import { foldWord } from '../../../src/shared/base/folding.ts';

const NAMES = [
  'Kay Stone',
  'kay  stone',
  'KAY\u00a0STONE',
  'Kay Stone\u200b',
  'Kay Stein',
  'Claims',
  'José',
  'Jose',
  '',
];
const IDS = ['1', '2', '3', '3 '];

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'remove', 'rename', 'replace'),
    place: fc.nat(5),
    id: fc.constantFrom(...IDS),
    name: fc.constantFrom(...NAMES),
  }),
  { maxLength: 40 },
);

test('after any changes, a name is shared exactly if another id bears it', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const names = new SharedNames();
      /** Who is where, as on a board: one person in several places. */
      const places = new Map<number, { id: string; name: string }>();
      for (const { what, place, id, name } of all) {
        const there = places.get(place);
        if (what === 'replace') names.replaceAll(places.values());
        else if (what === 'remove') {
          if (there !== undefined) names.remove(there.id, there.name);
          places.delete(place);
        } else if (there === undefined) {
          names.add(id, name);
          places.set(place, { id, name });
        } else {
          names.rename(there.id, there.name, name);
          places.set(place, { id: there.id, name });
        }
        for (const asked of IDS) {
          for (const one of NAMES) {
            const others = [...places.values()].filter(
              (other) => other.id !== asked && foldWord(other.name) === foldWord(one),
            );
            expect(names.isShared(asked, one)).toBe(others.length > 0);
          }
        }
      }
    }),
  );
});
