/** What alerts with frames from a real socket, with one agent or two: as a supervisor would experience it. */
import { expect, test } from 'vitest';
import { alertedPeople } from '../../lab/alerted-people.ts';
import type { Alert } from '../../src/shared/alerts/alert-kinds.ts';
import { ALERTS_ON, type Notice } from '../../src/shared/alerts/alerts.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { SupervisionRules } from '../../src/core/supervision.ts';
import type { CoreState } from '../../src/core/widget.ts';
import { member, type BareConnection, type BareMember } from '../../lab/bare-processor.ts';
import { harness } from '../../lab/widget-harness.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const SERVICE = { teamId: 't2', teamName: 'Service' };
const PHONE_DOWN = '32759';

const RULES: SupervisionRules = {
  limits: [{ status: 'not_ready', seconds: 100 }],
  floors: [],
  alerts: ALERTS_ON,
  reasons: [],
};

async function watched(rules: Partial<SupervisionRules> = {}, given: Partial<Settings> = {}) {
  // No heartbeat in between: time passes in minutes here, but no real socket answers that fast.
  const all = await harness({ heartbeatMs: 600_000, ...given });
  const { widget, clock, settings, sync, link } = all;
  const notices: string[] = [];
  let state: CoreState = widget.state;
  widget.subscribe({
    onBoard: () => undefined,
    onState: (told) => {
      state = told;
    },
    onNotice: (notice) => notices.push(noticed(notice)),
  });
  const setRules = (over: Partial<SupervisionRules>): void => {
    widget.supervision.rules = { ...RULES, ...rules, ...over };
    clock.advance(20);
  };
  setRules({});
  /** The list as last published to whoever shows it. */
  const list = (): string[] => {
    clock.advance(20);
    expect(state.alerts, 'is told of all that changes').toEqual(widget.state.alerts);
    return state.alerts.list.map(words);
  };
  /** Handles what was sent, and lets this many seconds pass. */
  const pass = async (connection: BareConnection, seconds = 0): Promise<void> => {
    await sync(connection);
    clock.advance(seconds * 1000 + 20);
  };
  /** The connection is cut, and down for this long. */
  const cut = async (connection: BareConnection, seconds: number): Promise<void> => {
    connection.terminate();
    await link('waiting');
    clock.advance(seconds * 1000);
  };
  const settle = (): Promise<void> => clock.run(settings.settleMs + 100);
  return { ...all, notices, list, pass, cut, settle, setRules };
}

function words(alert: Alert): string {
  const end = `${alert.isKnown ? '' : ', not known'}${alert.endedAt === null ? '' : ', over'}`;
  const times = alert.times === 1 ? '' : `, ${String(alert.times)} times`;
  const people = alertedPeople(alert)
    .map(({ memberId }) => memberId)
    .join(' ');
  const { kind } = alert;
  switch (kind) {
    case 'limit':
      return `${people} over ${String(alert.limitMs / 1000)} in ${alert.teamName}${times}${end}`;
    case 'failure':
      return `${alert.reason}: ${people}${times}${end}`;
    case 'floor':
      return `${alert.teamName} ${String(alert.ready)} of ${String(alert.least)}${times}${end}`;
    default:
      return kind;
  }
}

function noticed({ what, isAudible }: Notice): string {
  const told = what.type === 'alert' ? words(what.alert) : what.type === 'more' ? `${String(what.count)} more` : 'test';
  return `${told}${isAudible ? '' : ' (quietly)'}`;
}

function notReady(memberId: string, given: Partial<BareMember> = {}): BareMember {
  return member(memberId, { status: 'not_ready', ...given });
}

test('a failure that comes while another agent’s begin is outstanding is told once the link is live', async () => {
  const { widget, settings, processor, pass, clock, notices, list } = await watched({}, { agentIds: ['a', 'b'] });
  await widget.connect(settings);
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n'), notReady('was')] });
  await pass(connection);
  const down = (id: string) => notReady(id, { reason: PHONE_DOWN });
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [down('m'), down('n')] });
  await pass(connection, 5);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('n')] });
  await pass(connection);
  expect(widget.state.link.state.name).not.toBe('live');
  expect(list()).toEqual([]);
  await connection.begin();
  await pass(connection);
  expect(widget.state.link.state.name).toBe('live');
  clock.advance(3000);
  expect(list()).toEqual([`${PHONE_DOWN}: m`]);
  expect(notices).toEqual([`${PHONE_DOWN}: m`]);
});

test('who comes back in another status after a break is over it, who comes back in the same goes on, untold', async () => {
  const { goLive, subscribed, pass, cut, settle, notices, list } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('changes'), notReady('stays'), notReady('goes')] });
  await pass(connection, 101);
  expect(notices).toHaveLength(3);
  await cut(connection, 30);
  expect(new Set(list())).toEqual(
    new Set(['changes', 'stays', 'goes'].map((m) => `${m} over 100 in Sales, not known`)),
  );
  const again = await subscribed();
  again.event('teamadded', 'a', { ...SALES, members: [member('changes'), notReady('stays', { status: 'Not Ready' })] });
  await pass(again);
  expect(new Set(list())).toEqual(
    new Set(['changes over 100 in Sales, over', 'stays over 100 in Sales', 'goes over 100 in Sales, not known']),
  );
  await settle();
  expect(list()).toContain('goes over 100 in Sales, over');
  expect(notices).toHaveLength(3);
});

test('who is removed while the link is stale is over it then, and not told of when it is live again', async () => {
  const { goLive, pass, sync, clock, link, notices, list } = await watched({}, { heartbeatMs: 10_000 });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('m'), notReady('n')] });
  await pass(connection);
  await clock.run(101_000, () => sync(connection));
  expect(notices).toHaveLength(2);
  connection.answersPings = false;
  const stale = link('stale');
  await clock.run(20_000, () => sync(connection));
  await stale;
  expect(new Set(list())).toEqual(new Set(['m', 'n'].map((id) => `${id} over 100 in Sales, not known`)));
  connection.event('memberremoved', 'a', { ...SALES, members: [{ memberId: 'm' }] });
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('n')] });
  await pass(connection);
  expect(new Set(list())).toEqual(new Set(['m', 'n'].map((id) => `${id} over 100 in Sales, over`)));
  connection.answersPings = true;
  const live = link('live');
  await clock.run(10_000, () => sync(connection));
  await live;
  expect(notices).toHaveLength(2);
});

test('limits that are raised, lowered and lifted while an alert is open are followed by it', async () => {
  const { goLive, pass, setRules, notices, list } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('m')] });
  await pass(connection, 101);
  setRules({ limits: [{ status: 'not_ready', seconds: 50 }] });
  expect(list()).toEqual(['m over 50 in Sales']);
  setRules({ limits: [{ status: 'not_ready', seconds: 200 }] });
  expect(list()).toEqual(['m over 50 in Sales, over']);
  await pass(connection, 100);
  expect(list()).toEqual(['m over 200 in Sales, 2 times']);
  setRules({ limits: [{ status: 'not_ready', seconds: 0, team: 'Sales' }, ...RULES.limits] });
  expect(list()).toEqual(['m over 200 in Sales, 2 times, over']);
  expect(notices).toEqual(['m over 100 in Sales', 'm over 200 in Sales, 2 times']);
});

test('what comes while it is muted, snoozed or quiet is on the list; a snooze tells what is left of it', async () => {
  const { goLive, pass, widget, clock, setRules, notices, list } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: ['m', 'n', 'o', 'p'].map((id) => member(id)) });
  await pass(connection);
  widget.supervision.mute(true);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('m')] });
  await pass(connection, 101);
  widget.supervision.mute(false);
  expect(notices).toEqual([]);
  expect(list()).toEqual(['m over 100 in Sales']);
  widget.supervision.snooze(300_000);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('n'), notReady('o')] });
  await pass(connection, 101);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('n')] });
  await pass(connection);
  clock.advance(300_000);
  expect(notices).toEqual(['1 more']);
  setRules({
    alerts: {
      ...ALERTS_ON,
      quietHours: [
        { from: '00:00', to: '23:59' },
        { from: '23:59', to: '00:00' },
      ],
    },
  });
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('p')] });
  await pass(connection, 101);
  expect(notices).toHaveLength(1);
  expect(list()[0]).toBe('p over 100 in Sales');
});

test('one who is in two teams with limits of their own is told of once, and leads to a team that shows it', async () => {
  const limits = [
    { status: 'not_ready', seconds: 100, team: 'Sales' },
    { status: 'not_ready', seconds: 200, team: 'Service' },
  ];
  const { goLive, subscribed, pass, cut, settle, notices, list } = await watched({ limits }, { agentIds: ['a', 'b'] });
  const tell = (connection: BareConnection, agentId: string, team: typeof SALES): void => {
    connection.event('teamadded', agentId, { ...team, members: [notReady('m')] });
  };
  const connection = await goLive();
  tell(connection, 'a', SALES);
  tell(connection, 'b', SERVICE);
  await pass(connection, 201);
  expect(list()).toEqual(['m over 100 in Sales']);
  await cut(connection, 20);
  const again = await subscribed();
  tell(again, 'b', SERVICE);
  await pass(again);
  expect(list()).toEqual(['m over 200 in Service']);
  await settle();
  expect(list()).toEqual(['m over 200 in Service']);
  again.event('memberremoved', 'b', { ...SERVICE, members: [{ memberId: 'm' }] });
  await pass(again);
  expect(list()).toEqual(['m over 200 in Service, over']);
  expect(notices).toEqual(['m over 100 in Sales']);
});

test('whom one agent tells of in another status is over it, though the other agent is refused', async () => {
  const { goLive, pass, cut, link, processor, notices, list } = await watched({}, { agentIds: ['a', 'b'] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  connection.event('teamadded', 'b', { ...SERVICE, members: [member('m')] });
  await pass(connection);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('m', { reason: PHONE_DOWN })] });
  await pass(connection, 101);
  expect(list()).toEqual(['m over 100 in Sales', `${PHONE_DOWN}: m`]);
  await cut(connection, 20);
  const again = await processor.connection();
  again.success(await again.request('report.teamstatus.begin'));
  again.failure(await again.request('report.teamstatus.begin'), { code: 'E', message: 'no' });
  await pass(again);
  await link('live');
  again.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await pass(again);
  expect(list()).toEqual(['m over 100 in Sales, over', `${PHONE_DOWN}: m, over`]);
  expect(notices).toHaveLength(2);
});

test('a sleep tells nothing of what may be over since, and what still is goes on untold', async () => {
  const { goLive, subscribed, pass, sync, clock, link, notices, list, widget } = await watched(
    { floors: [{ ready: 1 }] },
    { heartbeatMs: 10_000 },
  );
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('m'), member('n')] });
  await pass(connection);
  await clock.run(101_000, () => sync(connection));
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('n')] });
  await pass(connection, 1);
  connection.answersPings = false;
  const stale = link('stale');
  clock.jump(8 * 3_600_000);
  widget.machineChanged();
  await stale;
  expect(list()).toEqual(['m over 100 in Sales, not known']);
  clock.advance(2500);
  expect(list()).toEqual(['m over 100 in Sales, not known']);
  const again = await subscribed();
  again.event('teamadded', 'a', { ...SALES, members: [notReady('m'), notReady('n')] });
  await pass(again, 1);
  const told = list();
  expect(told).toContain('m over 100 in Sales, over');
  expect(notices).toContain('m over 100 in Sales');
  expect(notices.filter((one) => one.startsWith('n '))).toEqual([]);
});

test('a failure that is lost with the link within its two seconds is told only of who is seen to have it', async () => {
  const { goLive, subscribed, pass, cut, notices, list } = await watched({ limits: [] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n')] });
  await pass(connection, 60);
  const down = (id: string) => notReady(id, { reason: PHONE_DOWN });
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [down('m'), down('n')] });
  await pass(connection);
  await cut(connection, 10);
  expect(list()).toEqual([]);
  const again = await subscribed();
  again.event('teamadded', 'a', { ...SALES, members: [down('m'), member('n')] });
  await pass(again, 3);
  expect(notices).toEqual([`${PHONE_DOWN}: m`]);
});

test('a phone that goes and comes for an hour is one line with a count, and told only every five minutes', async () => {
  const { goLive, pass, notices, list } = await watched({ limits: [] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await pass(connection);
  for (let times = 0; times < 20; times += 1) {
    connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('m', { reason: PHONE_DOWN })] });
    await pass(connection, 90);
    connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('m')] });
    await pass(connection, 90);
  }
  expect(list()).toEqual([`${PHONE_DOWN}: m, 20 times, over`]);
  // Every second one, 360 s after the one before: the one in between is over before its five minutes are.
  expect(notices).toHaveLength(10);
});

test('a reasons file that is corrected ends what it had made a failure, and makes no news of what it makes one', async () => {
  const { goLive, pass, setRules, notices, list } = await watched({
    limits: [],
    reasons: [{ code: '7', label: 'Training', cause: null, isFailure: true }],
  });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: ['m', 'n', 'o'].map((id) => member(id)) });
  await pass(connection);
  const with_ = (id: string, reason: string) => notReady(id, { reason });
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [with_('m', '7'), with_('n', '8')] });
  await pass(connection, 3);
  expect(list()).toEqual(['7: m']);
  setRules({
    reasons: [
      { code: '7', label: 'Training', cause: null, isFailure: false },
      { code: '8', label: 'Headset', cause: null, isFailure: true },
    ],
  });
  expect(list()).toEqual(['7: m, over']);
  await pass(connection, 30);
  expect(list()).toEqual(['7: m, over']);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [with_('o', '8')] });
  await pass(connection, 3);
  expect(list()).toEqual(['8: o', '7: m, over']);
  expect(notices).toEqual(['7: m', '8: o']);
});

test('a floor is not known while its team may be incomplete, and over where enough are seen to be ready', async () => {
  const { goLive, pass, notices, list } = await watched({ limits: [], floors: [{ ready: 2 }] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m'), notReady('n')] });
  await pass(connection, 21);
  expect(list()).toEqual(['Sales 1 of 2']);
  const north = { teamId: 't1', teamName: 'Sales North' };
  connection.event('teamchanged', 'a', { ...north, members: [notReady('o')] });
  await pass(connection);
  expect(list()).toEqual(['Sales North 1 of 2, not known']);
  connection.event('memberstatuschanged', 'a', { ...north, members: [member('n')] });
  await pass(connection);
  expect(list()).toEqual(['Sales North 1 of 2, over']);
  expect(notices).toEqual(['Sales 1 of 2']);
});

test('an agent who is watched no more takes the alerts of its people along, and no others', async () => {
  const { goLive, pass, widget, settings, list } = await watched({}, { agentIds: ['a', 'b'] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('m'), notReady('both')] });
  connection.event('teamadded', 'b', { ...SERVICE, members: [notReady('n'), notReady('both')] });
  await pass(connection, 101);
  await widget.connect({ ...settings, agentIds: ['b'] });
  await pass(connection);
  expect(new Set(list())).toEqual(
    new Set(['m over 100 in Sales, over', 'n over 100 in Service', 'both over 100 in Service']),
  );
});

test('a link that is cut again and again tells of a stay once, and of a limit that it passes meanwhile when it is seen', async () => {
  const { goLive, subscribed, pass, cut, notices, list } = await watched();
  let connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [notReady('m')] });
  await pass(connection, 90);
  for (let times = 0; times < 4; times += 1) {
    await cut(connection, 20);
    expect(list().filter((line) => !line.endsWith('not known'))).toEqual([]);
    connection = await subscribed();
    connection.event('teamadded', 'a', { ...SALES, members: [notReady('m')] });
    await pass(connection, 10);
  }
  expect(list()).toEqual(['m over 100 in Sales']);
  expect(notices).toEqual(['m over 100 in Sales']);
});

test('who is moved to a team of another agent goes on there, untold; who is renamed is so on the list', async () => {
  const { goLive, pass, widget, notices, list } = await watched({}, { agentIds: ['a', 'b'] });
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  connection.event('teamadded', 'b', { ...SERVICE, members: [] });
  await pass(connection);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [notReady('m', { reason: PHONE_DOWN })] });
  await pass(connection, 101);
  connection.event('memberremoved', 'a', { ...SALES, members: [{ memberId: 'm' }] });
  await pass(connection, 1);
  expect(list()).toEqual(['m over 100 in Sales, over', `${PHONE_DOWN}: m, over`]);
  const moved = notReady('m', { reason: PHONE_DOWN, memberName: 'Ana' });
  connection.event('memberadded', 'b', { ...SERVICE, members: [moved] });
  await pass(connection);
  expect(list()).toEqual(['m over 100 in Service', `${PHONE_DOWN}: m`]);
  expect(widget.state.alerts.list).toMatchObject([
    { person: { memberName: 'Ana' } },
    { people: [{ person: { memberName: 'Ana' } }] },
  ]);
  expect(notices).toHaveLength(2);
});
