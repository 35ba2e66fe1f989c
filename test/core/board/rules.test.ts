/** Which limit applies to a row, and which floor to a team. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AttentionRules } from '../../../src/core/board/rules.ts';
import { isForTeam, type FloorRule, type LimitRule } from '../../../src/shared/board/attention.ts';

function limit(limits: readonly LimitRule[], status: string, reason: string | null = '', team = 't1', name = 'Sales') {
  const found = new AttentionRules(limits, []).limitOf(team, name, status, reason);
  return found === null ? null : `${found.of} ${String(found.limitMs / 1000)}`;
}

function floor(floors: readonly FloorRule[], team = 't1', name = 'Sales') {
  return new AttentionRules([], floors).floorOf(team, name);
}

describe('a limit', () => {
  test('holds for its status, however its letters are written', () => {
    const rules = [{ status: 'not_ready', seconds: 900 }];
    expect(limit(rules, 'NOT_READY')).toBe('status 900');
    expect(limit(rules, 'Not Ready')).toBe('status 900');
    expect(limit(rules, 'not-ready')).toBe('status 900');
    expect(limit(rules, 'ready')).toBeNull();
    expect(limit(rules, '')).toBeNull();
  });

  test('can be on a status that the reports do not document', () => {
    expect(limit([{ status: 'Talking', seconds: 600 }], 'talking')).toBe('status 600');
  });

  test('on a reason goes before that on the status, shorter or longer', () => {
    const rules = [
      { status: 'not_ready', seconds: 900 },
      { reason: '101', seconds: 2700 },
    ];
    expect(limit(rules, 'not_ready', '101')).toBe('reason 2700');
    expect(limit(rules, 'not_ready', '102')).toBe('status 900');
    expect(limit(rules, 'not_ready', null)).toBe('status 900');
  });

  test('on a reason holds only in the statuses that the reason explains', () => {
    const rules = [
      { status: 'ready', seconds: 600 },
      { reason: '27', seconds: 1800 },
    ];
    expect(limit(rules, 'not_ready', '27')).toBe('reason 1800');
    expect(limit(rules, 'Logged out', '27')).toBe('reason 1800');
    expect(limit(rules, 'ready', '27')).toBe('status 600');
    expect(limit(rules, 'TALKING', '27')).toBeNull();
    expect(limit(rules, 'Meditating', '27'), 'nobody knows whether it belongs').toBeNull();
    expect(limit(rules, '', '27')).toBeNull();
  });

  test('of a team, by its id or its name, goes before that of all', () => {
    const rules = [
      { status: 'acw', seconds: 60 },
      { status: 'acw', team: 'sales', seconds: 120 },
      { status: 'acw', team: 't2', seconds: 180 },
    ];
    expect(limit(rules, 'acw')).toBe('status 120');
    expect(limit(rules, 'acw', '', 't2', 'Service')).toBe('status 180');
    expect(limit(rules, 'acw', '', 't3', 'Other')).toBe('status 60');
  });

  test('of a team is not one of another team whose name differs in a dash', () => {
    expect(limit([{ status: 'acw', team: 'Team 1-1', seconds: 60 }], 'acw', '', 't', 'Team 11')).toBeNull();
  });

  test('of all teams on a reason goes before that of the team on the status', () => {
    const rules = [
      { status: 'not_ready', team: 'Sales', seconds: 300 },
      { reason: '101', seconds: 2700 },
    ];
    expect(limit(rules, 'not_ready', '101')).toBe('reason 2700');
  });

  test('of nothing lifts the more general one', () => {
    const rules = [
      { status: 'acw', seconds: 60 },
      { status: 'acw', team: 'Sales', seconds: 0 },
      { status: 'not_ready', seconds: 900 },
      { reason: '101', seconds: 0 },
    ];
    expect(limit(rules, 'acw')).toBeNull();
    expect(limit(rules, 'acw', '', 't2', 'Service')).toBe('status 60');
    expect(limit(rules, 'not_ready', '101')).toBeNull();
  });

  test('of a team by its id does not hide another of the same team by its name', () => {
    const rules = [
      { status: 'acw', team: 't1', seconds: 60 },
      { status: 'not_ready', team: 'Sales', seconds: 300 },
    ];
    expect([limit(rules, 'acw'), limit(rules, 'not_ready')]).toEqual(['status 60', 'status 300']);
  });

  test('of a team by its id is not one of a team whose id differs in letter case', () => {
    const rules = [
      { status: 'acw', team: 'T9', seconds: 60 },
      { status: 'acw', team: 't8', seconds: 90 },
      { status: 'acw', team: 'T8', seconds: 120 },
    ];
    expect(limit(rules, 'acw', '', 'T9', 'Other')).toBe('status 60');
    expect(limit(rules, 'acw', '', 't9', 'Other')).toBeNull();
    expect(limit(rules, 'acw', '', 't8', 'Other')).toBe('status 90');
    expect(limit(rules, 'acw', '', 'T8', 'Other')).toBe('status 120');
    expect(limit(rules, 'acw', '', '5', 't9'), 'but a name is the same in any').toBe('status 60');
  });

  test('that comes twice is the last one', () => {
    expect(
      limit(
        [
          { status: 'acw', seconds: 60 },
          { status: 'ACW', seconds: 90 },
        ],
        'acw',
      ),
    ).toBe('status 90');
  });
});

test('a rule holds for just those teams that a form takes it to be for', () => {
  const text = fc
    .tuple(
      fc.constantFrom('', ' ', '\u200b', '\ufeff'),
      fc.constantFrom('', 'T1', 't1', 'Team 1-1', 'Team 11', 'ｔ１', '\u3164'),
    )
    .map(([around, name]) => `${around}${name}${around}`);
  fc.assert(
    fc.property(text, text, text, (named, id, name) => {
      expect(isForTeam(named, { id, name })).toBe(floor([{ team: named, ready: 1 }], id, name) === 1);
    }),
  );
  expect(isForTeam('sales ', { id: 't1', name: 'Sales' })).toBe(true);
  expect(isForTeam('T1', { id: 't1', name: 'Sales' })).toBe(false);
});

describe('a floor', () => {
  test('is each team’s unless the team has one of its own', () => {
    const floors = [{ ready: 2 }, { team: 'Service', ready: 5 }, { team: 't3', ready: 0 }];
    expect(floor(floors)).toBe(2);
    expect(floor(floors, 't2', 'service')).toBe(5);
    expect(floor(floors, 't3', 'Other')).toBeNull();
    expect(floor([])).toBeNull();
  });

  test('of a team by its id is not one of a team whose id differs in letter case', () => {
    const floors = [{ ready: 2 }, { team: 'T9', ready: 5 }];
    expect(floor(floors, 'T9', 'Other')).toBe(5);
    expect(floor(floors, 't9', 'Other')).toBe(2);
    expect(floor(floors, '9', 't9')).toBe(5);
  });
});
