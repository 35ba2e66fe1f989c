/** The widget's announcements stay until somebody has read them. */
import { expect, test } from 'vitest';
import { Announcements } from '../../../src/host/support/announcements.ts';

function setUp(newer: string | null = null) {
  const updates = {
    newer,
    dismiss: (version: string) => {
      if (version === updates.newer) updates.newer = null;
    },
  };
  let changes = 0;
  const announcements = new Announcements({
    clock: { now: () => 7 },
    updates,
    onChange: () => {
      changes += 1;
    },
  });
  return { announcements, changes: () => changes };
}

test('the first crash is announced, before a newer version, and no further one', () => {
  const { announcements, changes } = setUp('2.0.0');
  announcements.reportCrash();
  announcements.reportCrash();
  expect(announcements.list).toEqual([
    { type: 'crash', at: 7 },
    { type: 'update', version: '2.0.0' },
  ]);
  expect(changes()).toBe(1);
});

test('what was read is no longer announced, and the rest stays', () => {
  const { announcements } = setUp('2.0.0');
  announcements.reportCrash();
  announcements.dismiss({ type: 'crash', at: 7 });
  expect(announcements.list).toEqual([{ type: 'update', version: '2.0.0' }]);
  announcements.dismiss({ type: 'update', version: '2.0.0' });
  announcements.reportCrash();
  expect(announcements.list).toEqual([]);
});
