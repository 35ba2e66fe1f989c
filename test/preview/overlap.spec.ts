/** Nothing drawn overlaps, is cut off without an ellipsis, or lies outside the window, as measured by rectangles. */
import type { Page } from '@playwright/test';
import type { BoardHead, TeamSnapshot } from '../../src/shared/board/board.ts';
import { NO_COUNTS, type StatusCounts } from '../../src/shared/board/statuses.ts';
import type { WidgetState } from '../../src/shared/contract.ts';
import type { LinkReason, LinkView } from '../../src/shared/link/link.ts';
import { NO_PREFERENCES, type PreferencesForm } from '../../src/shared/preferences.ts';
import type { Shape } from '../../src/shared/desktop/shape.ts';
import { LANGUAGES } from '../../src/shared/texts/languages.ts';
import { layoutProblems } from '../support/rectangles.ts';
import { link, row, snapshot, standIn, state, publish } from '../support/stand-in-host.ts';
import { expect, test } from '../support/widget-fixture.ts';

const NOW = Date.UTC(2026, 10, 28, 13, 15);
const url = 'ws://127.0.0.1:8124';
const because: LinkReason = {
  code: 'unreachable',
  message: {
    key: 'link.unreachable',
    values: { host: '127.0.0.1:8124', why: { key: 'link.unreachableBecause.nothingListens', values: {} } },
  },
  remedy: '',
};
const unsubscribed: LinkReason = { code: 'unbegun', message: { key: 'link.unbegun', values: {} }, remedy: '' };
const blind = { wasLive: true, blindSince: NOW - 125_000, blindReason: because };

/** One for each of the lamp's words, and for each way to get there. */
const LINKS: Readonly<Record<string, LinkView>> = {
  live: link(),
  stale: link({ ...blind, state: { name: 'stale', since: NOW - 125_000, url } }),
  waiting: link({
    ...blind,
    state: { name: 'waiting', since: NOW, attempt: 3, nextTryAt: NOW + 10_000, reason: because },
  }),
  'never live': link({
    wasLive: false,
    state: { name: 'waiting', since: NOW, attempt: 2, nextTryAt: NOW + 10_000, reason: because },
  }),
  'no agent': link({ ...blind, blindReason: unsubscribed, state: { name: 'starting', since: NOW, url, attempt: 2 } }),
  stopped: link({ ...blind, state: { name: 'stopped', since: NOW, reason: because } }),
  connecting: link({ wasLive: false, state: { name: 'connecting', since: NOW, url, attempt: 1 } }),
};

const counts = (ready: number, not_ready: number, acw: number, other: number): StatusCounts => ({
  ...NO_COUNTS,
  ready,
  not_ready,
  acw,
  other,
});

const limit = { limitMs: 48_000, of: 'status', level: 'red' } as const;
const teams: readonly TeamSnapshot[] = [
  {
    team: {
      teamId: 't1',
      teamName: 'Field Service Dispatch North, second line',
      agentIds: ['1001'],
      isAnnounced: false,
      counts: counts(125, 145, 76, 49),
      confirmedIn: 1,
      confirmed: 395,
      levels: { amber: 54, red: 12 },
      floor: 150,
    },
    members: [
      row('m1', NOW - 3_723_000, {
        memberName: 'Wolfeschlegelsteinhausenbergerdorff',
        status: 'ACW',
        attention: limit,
      }),
      row('m2', NOW - 200_000_000, { memberName: 'Bo Li', status: 'not_ready', reason: '32763' }),
      row('m3', NOW - 50_000, {
        memberName: 'نور الهدى عبد الرحمن',
        status: 'not_ready',
        reason: '7',
        attention: limit,
        reasonSince: { at: NOW - 20_000, known: 'exact' },
      }),
      row('m4', NOW - 50_000, { memberName: 'Bo Li', status: 'Talking' }),
      row('m6', NOW - 50_000, { memberName: 'Cy', status: 'not_ready', reason: '32763', attention: limit }),
    ],
  },
  {
    team: {
      teamId: 't2',
      teamName: 'Claims',
      agentIds: ['1001'],
      isAnnounced: true,
      counts: counts(10, 0, 3, 0),
      confirmedIn: 1,
      confirmed: 13,
      levels: { amber: 1, red: 1 },
      floor: 11,
    },
    members: [row('m5', NOW - 50_000, { memberName: 'Ana Torres', attention: { ...limit, level: 'amber' } })],
  },
];
const HEAD: BoardHead = {
  feed: 1,
  ends: [],
  counts: counts(129, 143, 74, 49),
  unconfirmed: 0,
  levels: { amber: 55, red: 12 },
};

/** As much of everything as possible. */
function crowded(of: LinkView, shape: Shape, language: string, isDemo = false): WidgetState {
  const plain = state(NOW);
  return {
    ...plain,
    link: of,
    window: { ...plain.window, shape },
    preferences: { ...plain.preferences, form: { ...NO_PREFERENCES, language } },
    connection: { ...plain.connection, isDemo },
    blindTime: { gaps: 12, blindSince: of.blindSince },
    violations: isDemo
      ? []
      : [{ kind: 'broken-frame', count: 140, firstAt: NOW, lastAt: NOW, detail: 'x', example: '' }],
    digest: {
      from: NOW - 130_000,
      to: NOW,
      awayMs: 130_000,
      reason: 'blind',
      left: 2,
      joined: 1,
      changed: 34,
      long: 0,
    },
    alerts: {
      ...plain.alerts,

      list: [
        {
          kind: 'failure',
          id: 1,
          isKnown: true,
          isSeen: false,
          times: 1,
          lastAt: NOW - 60_000,
          at: NOW - 60_000,
          endedAt: null,
          reason: '32748',
          people: [
            { person: { memberId: 'm1', memberName: 'Wolfeschlegelsteinhausenbergerdorff' }, isOver: false },
            { person: { memberId: 'm2', memberName: 'Bo Li' }, isOver: false },
          ],
        },
      ],
    },
  };
}

async function open(openWidget: () => Promise<Page>): Promise<Page> {
  const page = await openWidget();
  await standIn(page, crowded(link(), 'panel', 'en'), snapshot(HEAD, teams));
  await expect(page.getByRole('table', { name: 'Team status' })).toBeVisible();
  return page;
}

async function expectNoProblems(page: Page, shape: Shape, widths: readonly number[], height: number): Promise<void> {
  const found: Record<string, string[]> = {};
  for (const width of widths) {
    await page.setViewportSize({ width, height });
    for (const { code } of LANGUAGES) {
      for (const [name, of] of Object.entries(LINKS)) {
        for (const isDemo of name === 'waiting' ? [false, true] : [false]) {
          await publish(page, crowded(of, shape, code, isDemo));
          const problems = await page.evaluate(layoutProblems);
          if (problems.length > 0) found[`${String(width)} px, ${code}, ${name}${isDemo ? ', demo' : ''}`] = problems;
        }
      }
    }
  }
  expect(found).toEqual({});
}

const NARROW = [300, 320, 340, 360, 380, 420];

for (const width of NARROW) {
  test(`at ${String(width)} px, panel and strip show everything, for every word of the lamp in every language`, async ({
    openWidget,
  }) => {
    test.slow();
    const page = await open(openWidget);
    await expectNoProblems(page, 'panel', [width], 640);
    await expectNoProblems(page, 'strip', [width], 40);
  });
}

test('the narrowest strip and a wall show everything, for every word of the lamp in every language', async ({
  openWidget,
}) => {
  test.slow();
  const page = await open(openWidget);
  await expectNoProblems(page, 'strip', [240], 40);
  await expectNoProblems(page, 'wall', [1920], 1080);
});

test('an id stands apart from the name before it, whichever direction each of them runs', async ({ openWidget }) => {
  const page = await openWidget();
  const [first] = teams;
  if (first === undefined) throw new Error('There is no team.');
  const [latin, arabic] = [{ memberName: 'Bo Li' }, { memberName: 'نور' }];
  const members = [row('1', NOW, latin), row('٢', NOW, latin), row('3', NOW, arabic), row('نور٤', NOW, arabic)];
  await standIn(page, crowded(link(), 'panel', 'en'), snapshot(HEAD, [{ ...first, members }]));
  await expect(page.getByRole('row', { name: /^نور/ })).toHaveCount(2);
  for (const language of ['en', 'ar']) {
    await publish(page, crowded(link(), 'panel', language));
    const apart = await page.getByRole('row').evaluateAll((rows) =>
      rows.flatMap((one) => {
        const [name, id] = Array.from(one.querySelectorAll('button bdi'), (bdi) => bdi.getBoundingClientRect());
        return name === undefined || id === undefined ? [] : [Math.max(id.left - name.right, name.left - id.right)];
      }),
    );
    expect(apart).toHaveLength(4);
    expect(Math.min(...apart), language).toBeGreaterThan(3);
  }
});

const settings: PreferencesForm = {
  ...NO_PREFERENCES,
  limits: [
    { status: 'not_ready', seconds: 900 },
    { status: 'Talking', team: 'Claims', seconds: 1200 },
    { reason: '27', team: 'Field Service Dispatch North', seconds: 2700 },
  ],
  floors: [{ ready: 2 }, { team: 'Claims', ready: 11 }],
  alerts: { ...NO_PREFERENCES.alerts, quietHours: [{ from: '22:00', to: '06:00' }] },
  reasonsFile: 'C:\\Users\\supervisor\\AppData\\Roaming\\reasons-of-the-site.csv',
};
const span = { at: NOW - 8_000_000, known: 'at-least' } as const;

/** The host's answers to forms, and about a person. */
const ANSWERS = {
  'preferences.save': { ok: false, problems: [], moved: settings },
  'connection.save': {
    ok: false,
    problems: [],
    moved: { agentIds: ['7', '8'], processorUrls: ['wss://uccx-sub.example.com:8445/reports'] },
  },
  'member.history': {
    memberId: 'm3',
    memberName: 'نور الهدى عبد الرحمن',
    teamNames: ['Field Service Dispatch North, second line'],
    span: { from: NOW - 8_000_000, to: NOW },
    gaps: [{ from: NOW - 900_000, to: NOW - 800_000, reason: because, isLost: true }],
    spans: [
      { at: NOW - 8_000_000, to: NOW - 900_000, state: null },
      {
        at: NOW - 800_000,
        to: null,
        state: { status: 'not_ready', reason: '32763', since: span, reasonSince: { ...span, known: 'across-gap' } },
      },
    ],
  },
} as const;

/** Opens each in English. It stays open when the language changes. */
const DIALOGS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  ...Object.fromEntries(
    ['Limits', 'Alerts', 'Reasons', 'Appearance', 'Privacy'].map((tab) => [
      `${tab} of the settings`,
      async (page: Page) => {
        await page.getByRole('button', { name: 'Settings' }).click();
        await page.getByRole('dialog').getByRole('tab', { name: tab }).click();
      },
    ]),
  ),
  'settings that were changed elsewhere, too': async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  },
  'a connection that was changed elsewhere, too': async (page) => {
    await page.getByRole('button', { name: 'Connection', exact: true }).click();
    await page.getByText('Advanced').click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  },
  alerts: async (page) => {
    await page.getByRole('button', { name: /^Alerts/ }).click();
  },
  'a person and their history': async (page) => {
    await page.getByRole('row', { name: /^نور/ }).getByRole('button').click();
    await expect(page.getByRole('list', { name: 'History' })).toBeVisible();
  },
};

for (const [name, show] of Object.entries(DIALOGS)) {
  test(`${name}: the dialog shows everything at any narrow width, in every language`, async ({ openWidget }) => {
    test.slow();
    const page = await openWidget();
    const inLanguage = (language: string): WidgetState => {
      const plain = crowded(link(), 'panel', language);
      return { ...plain, preferences: { ...plain.preferences, form: { ...settings, language } } };
    };
    await standIn(page, inLanguage('en'), snapshot(HEAD, teams), ANSWERS);
    await show(page);
    await expect(page.getByRole('dialog')).toBeVisible();
    const found: Record<string, string[]> = {};
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 640 });
      for (const { code } of LANGUAGES) {
        await publish(page, inLanguage(code));
        const problems = await page.evaluate(layoutProblems);
        if (problems.length > 0) found[`${String(width)} px, ${code}`] = problems;
      }
    }
    expect(found).toEqual({});
  });
}
