/**
 * Every state of the widget that the gallery shows, as a fixture. It must not know how they are drawn, or what is
 * opened in them.
 */
import type { WidgetState } from '../src/shared/contract.ts';
import type { PageCommand } from '../src/shared/desktop/requests.ts';
import type { LinkView } from '../src/shared/link/link.ts';
import {
  BOARD_400,
  BOARD_48,
  BOARD_AFTER_GAP,
  BOARD_OF_COUNTS,
  NO_TEAMS,
  ONE_TEAM_OF_400,
  unchangedFor,
} from './fixtures/boards.ts';
import {
  CROWDED_ALERTS,
  DIGEST,
  DIGEST_SUMMARY,
  HISTORY,
  OPEN_ALERTS,
  PAST,
  PAST_IN_GAP,
  SEEN_ALERTS,
  VIOLATIONS,
} from './fixtures/events.ts';
import { agent, connection, preferences, state, URL, type Answers, type Fixture } from './fixtures/fixture.ts';
import {
  answered,
  CONSULTED,
  LONG,
  NO_CALL_ID,
  NO_STEPS,
  ODD,
  OFFERED,
  ONGOING,
  REFUSED,
  TIMED_OUT,
} from './fixtures/journeys.ts';
import { BLIND_MS, BLIND_TIME, LINKS, refusedAgent, UNREACHABLE } from './fixtures/links.ts';
import { MINUTE, NOW, SECOND } from './fixtures/moment.ts';
import { CROWDED, HOSTILE_NAMES, LONG_NAMES, RIGHT_TO_LEFT_NAMES, SAME_NAMES } from './fixtures/people.ts';

/** The answers of a host that has been running for a while. */
const ANSWERS: Answers = {
  'blind-time.list': BLIND_TIME,
  'member.history': HISTORY,
  'digest.get': DIGEST,
  'board.at': PAST,
  'preferences.save': { ok: true },
  'connection.save': { ok: true },
  'connection.test': {
    ok: true,
    trials: [
      {
        url: URL,
        isOk: true,
        tookMs: 38,
        agents: [
          { agentId: '1001', type: 'accepted', teams: 6, people: 48, waitedMs: 1200 },
          { agentId: '1002', type: 'accepted', teams: 0, people: 0, waitedMs: 3000 },
          { agentId: '1003', type: 'refused', code: 'AGENT_NOT_FOUND', message: 'No such agent' },
          { agentId: '1004', type: 'unanswered' },
        ],
        notAsked: 3,
      },
      { url: 'wss://uccx-standby.example.com:8445/reports', isOk: false, reason: UNREACHABLE },
    ],
  },
};

/** The settings of a site that has set everything. */
const SETTINGS = preferences({
  limits: [
    { status: 'not_ready', seconds: 1200 },
    { status: 'Talking', team: 'Claims', seconds: 1500 },
    { reason: '27', team: 'Field Service Dispatch North', seconds: 2700 },
  ],
  floors: [{ ready: 2 }, { team: 'Claims', ready: 4 }],
  alerts: { ...preferences().form.alerts, quietHours: [{ from: '22:00', to: '06:00' }] },
  reasonsFile: 'C:\\Users\\supervisor\\AppData\\Roaming\\reasons-of-the-site.csv',
});

function live(given: Partial<WidgetState> = {}, board = BOARD_48): Fixture {
  return { state: state({ preferences: SETTINGS, ...given }), board, answers: ANSWERS };
}

/** While nothing is known of the processor, nobody changes. */
function linked(of: LinkView, given: Partial<WidgetState> = {}, board = BOARD_48): Fixture {
  const { blindSince } = of;
  const known = blindSince === null ? board : unchangedFor(board, BLIND_MS);
  return live({ link: of, blindTime: { gaps: 3, blindSince }, ...given }, known);
}

/** Journeys of these calls were asked for from outside, for example by a link. */
function asked(
  callIds: readonly string[],
  journeys: Fixture['journeys'] = {},
  given: Partial<WidgetState> = {},
): Fixture {
  const commands = callIds.map((typed): PageCommand => ({ type: 'journey', typed, isConfirmed: true }));
  return { ...live(given), answers: { ...ANSWERS, 'commands.take': commands }, journeys };
}

const ALL_JOURNEYS = { '16817320': [answered(CONSULTED)], '16817288': [answered(OFFERED)] };

const DEMO = connection({
  isDemo: true,
  form: { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' },
  sampleCalls: [
    { callId: '16817230', title: { key: 'sampleCalls.answeredAtOnce' } },
    { callId: '16817244', title: { key: 'sampleCalls.givenUpInQueue' } },
    { callId: '16817288', title: { key: 'sampleCalls.answeredByNext' } },
    { callId: '16817320', title: { key: 'sampleCalls.consultTransfer' } },
  ],
});

const ALL_REFUSED = [
  refusedAgent('77777', 'No such agent'),
  refusedAgent('88888', 'No such agent'),
  refusedAgent('9', 'Too many sessions', 'BUSY'),
];

/** As much of everything in the title bar as possible. */
function crowded(of: LinkView, { isDemo = false, agents = [agent('1001')] } = {}): Fixture {
  return linked(
    of,
    {
      agents,
      connection: connection({ isDemo }),
      blindTime: { gaps: 12, blindSince: of.blindSince },
      violations: isDemo ? [] : VIOLATIONS,
      digest: { ...DIGEST_SUMMARY, reason: 'blind', awayMs: 130 * SECOND, left: 2, changed: 34, long: 0 },
      alerts: CROWDED_ALERTS,
    },
    CROWDED,
  );
}

const MOVED = {
  'preferences.save': { ok: false, problems: [], moved: SETTINGS.form },
  'connection.save': {
    ok: false,
    problems: [],
    moved: { agentIds: ['7', '8'], processorUrls: ['wss://uccx-standby.example.com:8445/reports'] },
  },
} as const;

const place = 'C:\\Users\\supervisor\\AppData\\Roaming\\UCCX Team Widget\\settings.json';

export const STATES = {
  'first-start': {
    state: state({ link: LINKS.connecting, agents: [], connection: DEMO }),
    board: NO_TEAMS,
  },
  demo: live({ connection: DEMO }),
  connecting: { state: state({ link: LINKS.connecting, agents: [] }), board: NO_TEAMS },
  'never-live': { state: state({ link: LINKS['never-live'], agents: [] }), board: NO_TEAMS },
  'no-agents': {
    state: state({ agents: [], connection: connection({ form: { ...connection().form, agentIds: [] } }) }),
    board: NO_TEAMS,
  },
  'waiting-for-teams': {
    state: state({ agents: [agent('1001', { since: NOW - 2 * SECOND, teams: 0, hadTeams: false })] }),
    board: NO_TEAMS,
  },
  empty: { state: state({ agents: [agent('1001', { teams: 0, hadTeams: false })] }), board: NO_TEAMS },
  'left-all-teams': { state: state({ agents: [agent('1001', { teams: 0 })] }), board: NO_TEAMS },
  refused: {
    state: state({
      link: LINKS.refused,
      agents: ALL_REFUSED,
    }),
    board: NO_TEAMS,
  },
  'refused-in-part': live({
    agents: [agent('1001'), agent('1002', { teams: 0, hadTeams: false }), refusedAgent('77777', 'No such agent')],
  }),
  '48': live(),
  '400': live({}, BOARD_400),
  'one-team-of-400': live({}, ONE_TEAM_OF_400),
  alerts: live({ alerts: OPEN_ALERTS, digest: DIGEST_SUMMARY, violations: VIOLATIONS }),
  'seen-alerts': live({ alerts: SEEN_ALERTS }),
  announcements: live({
    announcements: [
      { type: 'update', version: '1.4.0' },
      { type: 'crash', at: NOW - 12 * MINUTE },
    ],
  }),
  counts: live({ preferences: preferences({ privacy: 'counts' }) }, BOARD_OF_COUNTS),
  'after-gap': live({ blindTime: { gaps: 3, blindSince: null } }, BOARD_AFTER_GAP),
  old: linked(LINKS.waiting),
  stale: linked(LINKS.stale),
  stopped: linked(LINKS.stopped, {
    connection: connection({
      problems: [
        {
          source: 'file',
          place,
          key: 'processorUrls',
          message: {
            key: 'settings.problems.notWebSocket',
            values: { what: { key: 'settings.what.valueGiven', values: { given: 'http://uccx.example.com' } } },
          },
          severity: 'error',
        },
      ],
    }),
  }),
  'host-lost': { ...live(), isHostLost: true },
  warnings: live({
    connection: connection({
      headerNames: ['Authorization', 'X-Site'],
      fixed: [
        { key: 'processorUrls', source: 'policy', place: 'HKLM\\Software\\Policies\\UCCX Team Widget' },
        { key: 'agentIds', source: 'command line', place: '--agent' },
      ],
      problems: Array.from({ length: 5 }, (_, index) => ({
        source: 'file',
        place,
        key: `setting${index + 1}`,
        message: { key: 'settings.problems.notSwitch', values: { what: { key: 'settings.what.value' } } },
        severity: 'warning',
      })),
    }),
    preferences: {
      ...SETTINGS,
      fixed: [
        { key: 'limits', source: 'policy', place: 'HKLM\\Software\\Policies\\UCCX Team Widget' },
        { key: 'theme', source: 'environment', place: 'UCCX_THEME' },
        { key: 'privacy', source: 'command line', place: '--privacy' },
      ],
      takenHotkeys: ['whoIsFree'],
    },
  }),
  search: live(),
  'nobody-found': live(),
  past: live(),
  'past-in-gap': { ...live(), answers: { ...ANSWERS, 'board.at': PAST_IN_GAP } },
  'changed-elsewhere': { ...live(), answers: { ...ANSWERS, ...MOVED } },
  'long-names': live({}, LONG_NAMES),
  'right-to-left-names': live({}, RIGHT_TO_LEFT_NAMES),
  'same-names': live({}, SAME_NAMES),
  'hostile-names': live({}, HOSTILE_NAMES),
  'journey-none': live({ recentCalls: ['16817320', '16817288', 'D2A7F3B0C94E11EE8F3A0050568B7C21'] }),
  'journey-none-demo': live({ connection: DEMO }),
  'journey-waiting': asked(['16817320']),
  journey: asked(['16817320'], ALL_JOURNEYS),
  'journey-demo': asked(['16817320'], ALL_JOURNEYS, { connection: DEMO }),
  'journey-long': asked(['16817500'], { '16817500': [answered(LONG)] }),
  'journey-odd': asked([ODD.callId], { [ODD.callId]: [answered(ODD)] }),
  'journey-no-steps': asked(['16817600'], { '16817600': [answered(NO_STEPS)] }),
  'journey-refused': asked(['16817999'], { '16817999': [REFUSED] }),
  'journey-no-id': asked([''], { '': [NO_CALL_ID] }),
  'journey-beside': asked(['16817320', '16817288'], ALL_JOURNEYS),
  'journey-refused-beside': asked(['16817320', '16817999'], { ...ALL_JOURNEYS, '16817999': [REFUSED] }),
  'journey-calls': asked(['16817320'], ALL_JOURNEYS, { recentCalls: ['16817320', '16817288'] }),
  'journey-pointed': asked(['16817320'], ALL_JOURNEYS),
  'journey-changed': asked(['16817400'], { '16817400': ONGOING.map(answered) }),
  'journey-old': asked(['16817288'], { '16817288': [answered(OFFERED), TIMED_OUT] }),
  crowded: crowded(LINKS.live),
  'crowded-stale': crowded(LINKS.stale),
  'crowded-waiting': crowded(LINKS.waiting),
  'crowded-demo': crowded(LINKS.waiting, { isDemo: true }),
  'crowded-never-live': crowded(LINKS['never-live']),
  'crowded-refused': crowded(LINKS.refused, { agents: ALL_REFUSED }),
  'crowded-stopped': crowded(LINKS.stopped),
  'crowded-connecting': crowded(LINKS.connecting),
} as const satisfies Readonly<Record<string, Fixture>>;

export type StateName = keyof typeof STATES;
