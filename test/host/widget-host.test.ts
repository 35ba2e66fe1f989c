/** The host on real sockets: settings, demo, and the page's requests with arguments of every kind. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/core/base/clock.ts';
import { readNamedFile, type NamedFile, type ReadNamedFile } from '../../src/core/base/named-file.ts';
import type { Layer } from '../../src/core/settings/layers.ts';
import { policyIn } from '../../src/host/settings/machine-policy.ts';
import { NO_FEED, type FetchFeed } from '../../src/host/support/update-checker.ts';
import { WidgetHost } from '../../src/host/widget-host.ts';
import type { RequestName, WidgetState } from '../../src/shared/contract.ts';
import type { HostView, WindowPort } from '../../src/shared/desktop/window.ts';
import { ALERTS_ON } from '../../src/shared/alerts/alerts.ts';
import { FIRST_LAYOUT } from '../../src/shared/board/layout.ts';
import { translateToEnglish } from '../../src/shared/texts/text.ts';
import { BareProcessor, member } from '../../lab/bare-processor.ts';
import { RAW_WORDS } from '../support/raw-words.ts';
import { TEST_TLS } from '../../lab/test-tls.ts';
import { findTestVault } from '../support/test-vault.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';

const DESKTOP_HOST: HostView = {
  kind: 'desktop',
  can: { opacity: true, hotkeys: true, autostart: true, notify: true },
};
const NOTHING: Layer = { source: 'command line', values: new Map(), problems: [] };

let profileDir = '';
let warnings: string[] = [];
let debugged: string[] = [];
let named: string[] = [];
let fetchFeed: FetchFeed;
const hosts: WidgetHost[] = [];
const processors: BareProcessor[] = [];

beforeEach(async () => {
  profileDir = await mkdtemp(path.join(tmpdir(), 'widget-host-'));
  warnings = [];
  debugged = [];
  named = [];
  fetchFeed = NO_FEED;
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await Promise.all(processors.splice(0).map((processor) => processor.stop()));
  await rm(profileDir, { recursive: true });
});

function newHost(environment: Record<string, string> = {}, readFile?: ReadNamedFile): WidgetHost {
  const host = new WidgetHost({
    profileDir,
    environment,
    commandLine: NOTHING,
    clock: systemClock,
    findVault: findTestVault,
    fetchFeed: (url) => fetchFeed(url),
    ...(readFile === undefined ? {} : { readFile }),
    readPolicy: policyIn(path.join(profileDir, 'policy.json'), null),
    log: {
      debug: (message) => debugged.push(message),
      info: () => undefined,
      warn: (message) => warnings.push(message),
      error: () => undefined,
    },
    namedLog: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => named.push(message),
      error: () => undefined,
    },
  });
  hosts.push(host);
  return host;
}

async function newProcessor(): Promise<BareProcessor> {
  const processor = await BareProcessor.start();
  processors.push(processor);
  return processor;
}

/** What a form sends when these values were changed. */
function edit(changes: object, base: object = {}) {
  return { changes, base };
}

/** Resolves with the first published state that matches. */
function stateWhere(host: WidgetHost, wanted: (state: WidgetState) => boolean): Promise<WidgetState> {
  if (wanted(host.state)) return Promise.resolve(host.state);
  return new Promise((resolve) => {
    const end = host.subscribe((name) => {
      if (name !== 'state' || !wanted(host.state)) return;
      end();
      resolve(host.state);
    });
  });
}

describe('starting', () => {
  test('with nothing configured, the demo is live and says so', async () => {
    const host = newHost();
    await host.start();
    const state = await stateWhere(host, ({ link }) => link.state.name === 'live');
    expect(state.connection.isDemo).toBe(true);
    expect(state.connection.sampleCalls.length).toBeGreaterThan(20);
    await expect(
      host.answer('journey.ask', { callId: state.connection.sampleCalls[0]?.callId }),
    ).resolves.toMatchObject({
      ok: true,
      value: { ok: true },
    });
  });

  test('with a processor in the environment, it connects to that and shows no demo', async () => {
    const processor = await newProcessor();
    const host = newHost({ UCCX_PROCESSOR_URL: processor.url, UCCX_AGENT_IDS: '1001' });
    await host.start();
    expect(await (await processor.connection()).begin()).toBe('1001');
    const state = await stateWhere(host, ({ link }) => link.state.name === 'live');
    expect(state.connection.isDemo).toBe(false);
    expect(state.connection.fixed).toEqual([
      { key: 'processorUrls', source: 'environment', place: 'UCCX_PROCESSOR_URL' },
      { key: 'agentIds', source: 'environment', place: 'UCCX_AGENT_IDS' },
    ]);
  });

  test('with a bad setting, it connects to nothing and says what is wrong where', async () => {
    const processor = await newProcessor();
    await writeFile(path.join(profileDir, 'settings.json'), JSON.stringify({ processorUrls: [processor.url] }));
    const host = newHost({ UCCX_PROCESSOR_URL: 'htp://typo' });
    await host.start();
    const { link, connection } = host.state;
    expect(link.state).toMatchObject({ name: 'stopped', reason: { code: 'settings' } });
    expect(connection.problems).toMatchObject([
      { source: 'environment', place: 'UCCX_PROCESSOR_URL', key: 'processorUrls' },
    ]);
    expect(processor.handshakes).toEqual([]);
  });

  test('header values never reach the page', async () => {
    const processor = await newProcessor();
    await writeFile(
      path.join(profileDir, 'settings.json'),
      JSON.stringify({ processorUrls: [processor.url], headers: { Authorization: 'Bearer s3cret' } }),
    );
    const host = newHost();
    await host.start();
    expect((await processor.attempt()).headers.authorization).toBe('Bearer s3cret');
    expect(host.state.connection.headerNames).toEqual(['Authorization']);
    expect(JSON.stringify(host.state)).not.toContain('s3cret');
    expect(warnings.join()).not.toContain('s3cret');
  });
});

describe('requests of the page', () => {
  test.each([
    ['no such request', 'window.explode', null, 'unknown-request'],
    ['a name that is no text', { toString: 'x' }, null, 'unknown-request'],
    ['a name of every object', '__proto__', null, 'unknown-request'],
    ['no arguments', 'journey.ask', undefined, 'bad-arguments'],
    ['a number as call id', 'journey.ask', { callId: 7 }, 'bad-arguments'],
    ['more arguments than there are', 'journey.ask', { callId: '7', url: 'ws://evil' }, 'bad-arguments'],
    ['a call id without end', 'journey.ask', { callId: 'x'.repeat(5000) }, 'bad-arguments'],
    ['arguments where there are none', 'widget.state', { all: true }, 'bad-arguments'],
    ['a window where there is none', 'window.hide', null, 'not-here'],
  ])('%s is refused, logged and answered', async (_what, name, args, code) => {
    const host = newHost();
    await expect(host.answer(name, args)).resolves.toMatchObject({ ok: false, error: { code } });
    expect(warnings).toHaveLength(1);
  });

  test('the window’s requests go to the host’s window', async () => {
    const host = newHost();
    const calls: unknown[] = [];
    const window: WindowPort = {
      view: { host: DESKTOP_HOST, isPinned: true, shape: 'panel' },
      setPinned: (isPinned) => calls.push(isPinned),
      setShape: (shape) => calls.push(shape),
      minimise: () => calls.push('minimise'),
      hide: () => calls.push('hide'),
    };
    host.setWindow(window);
    expect(host.state.window).toEqual({ host: DESKTOP_HOST, isPinned: true, shape: 'panel' });
    await host.answer('window.set-pinned', { isPinned: false });
    await host.answer('window.set-shape', { shape: 'strip' });
    await host.answer('window.minimise', null);
    await host.answer('window.hide', null);
    expect(calls).toEqual([false, 'strip', 'minimise', 'hide']);
  });

  test('forms saved at the same time leave one connection, to the last one’s processor', async () => {
    const [first, second] = [await newProcessor(), await newProcessor()];
    const host = newHost();
    await host.start();
    const replies = await Promise.all(
      [first, second].map(({ url }) => host.answer('connection.save', edit({ processorUrls: [url] }))),
    );
    expect(replies).toEqual([
      { ok: true, value: { ok: true } },
      { ok: true, value: { ok: true } },
    ]);
    await stateWhere(host, ({ link }) => link.state.name === 'live');
    await Promise.all(first.connections.map(({ closed }) => closed));
    expect(second.connections).toHaveLength(1);
  });

  test('a form without agents is saved only by somebody who knows that it has none', async () => {
    const processor = await newProcessor();
    const file = path.join(profileDir, 'settings.json');
    await writeFile(file, '{}');
    const host = newHost();
    await host.start();
    const form = edit({ processorUrls: [processor.url] });
    await expect(host.answer('connection.save', { ...form, needsAgents: true })).resolves.toMatchObject({
      value: { ok: false, problems: [{ key: 'agentIds', severity: 'warning' }], moved: {} },
    });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({});
    await expect(host.answer('connection.save', { ...form, needsAgents: false })).resolves.toMatchObject({
      value: { ok: true },
    });
    await stateWhere(host, ({ link }) => link.state.name === 'live');
  });

  test('a form with errors changes nothing; a valid one overwrites what the file had', async () => {
    const processor = await newProcessor();
    const file = path.join(profileDir, 'settings.json');
    await writeFile(file, JSON.stringify({ heartbeatMs: 5000, note: 'kept' }));
    const host = newHost();
    await host.start();
    const form = { processorUrls: ['nonsense'], agentIds: ['1001'], subprotocol: '', caFile: '' };
    await expect(host.answer('connection.save', edit(form))).resolves.toMatchObject({
      value: { ok: false, problems: [{ source: 'form', key: 'processorUrls' }] },
    });
    await expect(host.answer('connection.save', edit({ ...form, processorUrls: [] }))).resolves.toMatchObject({
      value: { ok: false, problems: [{ key: 'processorUrls' }] },
    });
    expect(host.state.connection.isDemo).toBe(true);
    const saved = host.answer('connection.save', edit({ ...form, processorUrls: [processor.url] }));
    await (await processor.connection()).begin();
    await expect(saved).resolves.toEqual({ ok: true, value: { ok: true } });
    expect(host.state.connection.isDemo).toBe(false);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      heartbeatMs: 5000,
      note: 'kept',
      processorUrls: [processor.url],
      agentIds: ['1001'],
    });
  });
});

describe('a path that hangs', () => {
  test.each(['reasonsFile', 'recent calls'])('%s: the link does not wait for it', async (what) => {
    const processor = await newProcessor();
    const isReasons = what === 'reasonsFile';
    const settings = {
      processorUrls: [processor.url],
      agentIds: ['1001'],
      ...(isReasons ? { reasonsFile: '/share/r.csv' } : {}),
    };
    await writeFile(path.join(profileDir, 'settings.json'), JSON.stringify(settings));
    if (!isReasons) execFileSync('mkfifo', [path.join(profileDir, 'recent-calls.json')]);
    let answer: (file: NamedFile) => void = () => undefined;
    const host = newHost({}, (file, known) =>
      file.endsWith('.csv') ? new Promise((resolve) => (answer = resolve)) : readNamedFile(file, known),
    );
    await host.start();
    await (await processor.connection()).begin();
    await stateWhere(host, ({ link }) => link.state.name === 'live');
    if (!isReasons) return;
    expect(await host.answer('preferences.save', edit({ theme: 'dark' }))).toMatchObject({ value: { ok: true } });
    expect(await host.answer('support.bundle', null)).toMatchObject({ ok: true });
    expect(host.state.preferences).toMatchObject({ reasons: [], form: { theme: 'dark' } });
    answer({ bytes: Buffer.from('code,label\n7,Lunch\n'), stamp: '1' });
    const { preferences } = await stateWhere(host, (state) => state.preferences.reasons.length > 0);
    expect(preferences.reasons, 'and what comes late is used').toMatchObject([{ code: '7', label: 'Lunch' }]);
  });

  test.each(['settings.json', 'policy.json'])('a pipe as %s stops the link and says so', async (name) => {
    execFileSync('mkfifo', [path.join(profileDir, name)]);
    const host = newHost();
    await host.start();
    expect(host.state.link.state).toMatchObject({ name: 'stopped', reason: { code: 'settings' } });
    expect(host.state.connection.problems).toMatchObject([
      { severity: 'error', message: { values: { message: { key: 'files.notAFile' } } } },
    ]);
  });
});

describe('a form', () => {
  const BEFORE = {
    limits: [{ status: 'ready', seconds: 60 }],
    floors: [{ ready: 3 }],
    alerts: { ...ALERTS_ON, sound: false },
    privacy: 'names',
    reasonsFile: '',
    language: 'de',
    theme: 'light',
    opacity: 0.5,
    hotkeys: { ...NO_HOTKEYS, show: 'Alt+S' },
    startsWithComputer: false,
    processorUrls: ['ws://127.0.0.1:9'],
    agentIds: ['1'],
    subprotocol: 'a',
    caFile: '',
  };
  const AFTER = {
    limits: [],
    floors: [{ team: 'Sales', ready: 1 }],
    alerts: ALERTS_ON,
    privacy: 'counts',
    reasonsFile: '',
    language: '',
    theme: 'dark',
    opacity: 1,
    hotkeys: NO_HOTKEYS,
    startsWithComputer: true,
    processorUrls: ['ws://127.0.0.1:9', 'ws://127.0.0.1:10'],
    agentIds: [],
    subprotocol: '',
    caFile: '/none.pem',
  };
  type Key = keyof typeof BEFORE;
  const OF_CONNECTION: readonly Key[] = ['processorUrls', 'agentIds', 'subprotocol', 'caFile'];
  const OF_PREFERENCES = Object.keys(BEFORE).filter(
    (key) => !(OF_CONNECTION as readonly string[]).includes(key),
  ) as Key[];

  const file = () => path.join(profileDir, 'settings.json');
  const inFile = async (): Promise<unknown> => JSON.parse(await readFile(file(), 'utf8'));
  const of = (from: typeof BEFORE | typeof AFTER, keys: readonly Key[]): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, from[key]]));
  const edited = (keys: readonly Key[]) => edit(of(AFTER, keys), of(BEFORE, keys));

  async function started() {
    await writeFile(file(), JSON.stringify({ ...BEFORE, note: 'mine' }));
    const host = newHost();
    await host.start();
    return host;
  }

  test.each([
    ['preferences.save', OF_PREFERENCES],
    ['connection.save', OF_CONNECTION],
  ] as const)(
    'writes what was changed in it and nothing else, property: %s',
    async (name, keys) => {
      const host = await started();
      await fc.assert(
        fc.asyncProperty(fc.subarray([...keys]), fc.subarray(Object.keys(BEFORE) as Key[]), async (mine, others) => {
          // What others write meanwhile, including somebody's own notes, stays as they wrote it.
          const theirs = others.filter((key) => !mine.includes(key));
          const before = { ...BEFORE, ...of(AFTER, theirs), note: String(theirs) };
          await writeFile(file(), JSON.stringify(before));
          expect(await host.answer(name, edited(mine))).toEqual({ ok: true, value: { ok: true } });
          expect(await inFile()).toEqual({ ...before, ...of(AFTER, mine) });
        }),
        { numRuns: 40 },
      );
      // Each is flushed to disk, which may take a while on a busy machine.
    },
    30_000,
  );

  test.each([
    ['preferences.save', 'limits', [{ reason: '27', seconds: 5 }]],
    ['preferences.save', 'theme', 'system'],
    ['connection.save', 'agentIds', ['7']],
  ] as const)('%s says so if %s was changed elsewhere too, and writes nothing', async (name, key, theirs) => {
    const host = await started();
    const meanwhile = { ...BEFORE, [key]: theirs };
    await writeFile(file(), JSON.stringify(meanwhile));
    const asked = edited([key]);
    expect(await host.answer(name, asked)).toEqual({
      ok: true,
      value: { ok: false, problems: [], moved: { [key]: theirs } },
    });
    expect(await inFile()).toEqual(meanwhile);
    const seen = { ...asked, base: { [key]: theirs } };
    expect(await host.answer(name, seen), 'who has seen it may write over it').toMatchObject({ value: { ok: true } });
    expect(await inFile()).toEqual({ ...BEFORE, [key]: AFTER[key] });
  });

  test('does not ask if somebody else has written the same meanwhile', async () => {
    const host = await started();
    await writeFile(file(), JSON.stringify({ ...BEFORE, theme: 'dark' }));
    expect(await host.answer('preferences.save', edited(['theme']))).toEqual({ ok: true, value: { ok: true } });
  });

  test('leaves the file unchanged to the letter if nothing was changed', async () => {
    const host = await started();
    const text = '{"theme":"light",  "limits": []}';
    await writeFile(file(), text);
    expect(await host.answer('preferences.save', edit({}))).toEqual({ ok: true, value: { ok: true } });
    expect(await readFile(file(), 'utf8')).toBe(text);
    expect(host.state.preferences.form.limits, 'which is read again all the same').toEqual([]);
  });

  test('also uses a connection that somebody has written into the file meanwhile', async () => {
    const host = await started();
    const agents = () => host.state.agents.map(({ agentId }) => agentId);
    expect(agents()).toEqual(['1']);
    await writeFile(file(), JSON.stringify({ ...BEFORE, agentIds: ['2'] }));
    await host.answer('preferences.save', edited(['theme']));
    expect(host.state.connection.form.agentIds).toEqual(['2']);
    expect(agents(), 'what the form says is what is asked for').toEqual(['2']);
  });

  test('says where an unreadable file was kept', async () => {
    const host = await started();
    await writeFile(file(), '{"theme": light');
    await host.answer('preferences.save', edited(['theme']));
    expect(await inFile()).toEqual({ ...BEFORE, note: 'mine', theme: 'dark' });
    expect(host.state.connection.problems.filter(({ key }) => key === null)).toMatchObject([
      { severity: 'warning', message: { key: 'settings.setAside', values: { file: `${file()}.unreadable` } } },
    ]);
  });

  test('is refused if it has keys of another form', async () => {
    const host = await started();
    for (const changes of [{ agentIds: [] }, { headers: {} }, { logLevel: 'debug' }]) {
      expect(await host.answer('preferences.save', edit(changes))).toMatchObject({ error: { code: 'bad-arguments' } });
    }
  });

  test('is refused if a text or a list is absurdly long', async () => {
    const host = await started();
    const limits = Array.from({ length: 10_001 }, () => ({ status: 'acw', seconds: 60 }));
    for (const changes of [{ limits }, { reasonsFile: 'r'.repeat(4097) }, { language: undefined }]) {
      expect(await host.answer('preferences.save', edit(changes))).toMatchObject({ error: { code: 'bad-arguments' } });
    }
  });
});

describe('the rules for the board', () => {
  /** A live host with one member in one team. */
  async function live(settings: Record<string, unknown> = {}) {
    const processor = await newProcessor();
    const text = JSON.stringify({ processorUrls: [processor.url], agentIds: ['1001'], ...settings });
    await writeFile(path.join(profileDir, 'settings.json'), text);
    const host = newHost();
    await host.start();
    const connection = await processor.connection();
    await connection.begin();
    connection.event('teamadded', '1001', { teamId: 't', teamName: 'Sales', members: [member('Ann Example')] });
    await stateWhere(host, ({ agents }) => agents[0]?.teams === 1);
    const value = async (name: RequestName, args: unknown): Promise<unknown> => {
      const reply = await host.answer(name, args);
      return reply.ok ? reply.value : reply.error.code;
    };
    return { host, connection, value };
  }

  test('are saved without a new connection, and checked like other settings', async () => {
    const { host, connection, value } = await live();
    const limits = [{ status: 'ready', seconds: 60 }];
    await expect(value('preferences.save', edit({ limits }))).resolves.toEqual({ ok: true });
    expect(host.state.preferences.form.limits).toEqual(limits);
    await expect(value('board.snapshot', null)).resolves.toMatchObject({
      teams: [{ members: [{ attention: { limitMs: 60_000 } }] }],
    });
    const bad = { limits: [...limits, { seconds: 60 }], floors: [{ ready: -1 }] };
    await expect(value('preferences.save', edit(bad))).resolves.toMatchObject({
      ok: false,
      problems: [{ key: 'limits' }, { key: 'floors' }],
    });
    expect(host.state.preferences.form.limits).toEqual(limits);
    await connection.roundTrip();
    expect(host.state.link.state.name).toBe('live');
  });

  test('come from the demo until some are set', async () => {
    const host = newHost();
    await host.start();
    expect(host.state.preferences.form.limits.length).toBeGreaterThan(0);
    const { floors } = host.state.preferences.form;
    await host.answer('preferences.save', edit({ theme: 'dark' }));
    const file = path.join(profileDir, 'settings.json');
    expect(JSON.parse(await readFile(file, 'utf8')), 'the demo’s own are not kept').not.toHaveProperty('limits');
    const limits = [{ status: 'acw', seconds: 60 }];
    await host.answer('preferences.save', edit({ limits }));
    expect(host.state.preferences.form.limits).toEqual(limits);
    expect(host.state.preferences.form.floors, 'which nobody has set').toEqual(floors);
    await host.answer('preferences.save', edit({ limits: [], floors: [] }));
    expect(host.state.preferences.form, 'none is a wish, too').toMatchObject({ limits: [], floors: [] });
  });

  test('settings whose files merely do not answer are read again at once, and so is a CA file', async () => {
    const processor = await newProcessor();
    const url = processor.url.replace('ws:', 'wss:');
    const caFile = path.join(profileDir, 'ca.pem');
    const text = JSON.stringify({ processorUrls: [url], agentIds: ['1001'], caFile });
    await writeFile(path.join(profileDir, 'settings.json'), text);
    await writeFile(caFile, TEST_TLS.cert);
    let isAway = true;
    const host = newHost({}, (file, known) =>
      isAway && (file.endsWith('settings.json') || file === caFile)
        ? Promise.reject(Object.assign(new Error('EHOSTDOWN'), { code: 'EHOSTDOWN' }))
        : readNamedFile(file, known),
    );
    await host.start();
    const { state } = host.state.link;
    if (state.name !== 'stopped') throw new Error(`It is ${state.name}`);
    expect(state).toMatchObject({ reason: { code: 'settings', details: 'EHOSTDOWN' } });
    expect((state.nextLookAt ?? Infinity) - state.since).toBeLessThanOrEqual(30_000);
    isAway = false;
    await processor.stop();
    await stateWhere(host, ({ link }) => link.state.name === 'waiting');
    expect(host.state.link.state).toMatchObject({ reason: { code: 'unreachable' } });
    isAway = true;
    await host.answer('link.try-now', null);
    const waiting = await stateWhere(host, ({ link }) => JSON.stringify(link).includes('ca-file'));
    expect(waiting.link.state).toMatchObject({ name: 'waiting', reason: { code: 'ca-file' } });
  });

  test('failures to write are explained in words', async () => {
    const { host } = await live();
    const file = path.join(profileDir, 'settings.json');
    await rm(file);
    await mkdir(file);
    const reply = await host.answer('preferences.save', edit({ theme: 'dark' }));
    if (reply.ok) throw new Error('It was written');
    expect(JSON.stringify(reply.error)).toContain(file);
    expect(translateToEnglish(reply.error.message)).not.toMatch(RAW_WORDS);
  });

  test('a site’s reasons come from its file, and each bad line gives a warning', async () => {
    const reasonsFile = path.join(profileDir, 'reasons.csv');
    await writeFile(reasonsFile, 'code,label,cause\n101,Lunch,agent\n102,,\n');
    const { host, value } = await live({ reasonsFile });
    const reasons = [{ code: '101', label: 'Lunch', cause: 'agent', isFailure: null }];
    await stateWhere(host, ({ preferences }) => preferences.reasons.length > 0);
    expect(host.state.preferences.reasons).toEqual(reasons);
    expect(host.state.connection.problems).toMatchObject([
      { key: 'reasonsFile', severity: 'warning', place: reasonsFile, message: { values: { line: 3 } } },
    ]);
    await rm(reasonsFile);
    await value('preferences.save', edit({ reasonsFile, theme: 'dark' }));
    await stateWhere(host, ({ connection }) => connection.problems.length === 2);
    expect(host.state.preferences.reasons, 'what was read before holds').toEqual(reasons);
    expect(host.state.connection.problems).toMatchObject([
      { key: 'reasonsFile', severity: 'warning', message: { key: 'reasonsFile.missing' } },
      { key: 'reasonsFile', severity: 'warning', message: { key: 'reasonsFile.kept' } },
    ]);
    expect(host.state.link.state.name).toBe('live');
  });

  test('a reasons file that can’t be read is not accepted', async () => {
    const { host, value } = await live();
    const saved = await value('preferences.save', edit({ reasonsFile: path.join(profileDir, 'none.csv') }));
    expect(saved).toMatchObject({ ok: false, problems: [{ key: 'reasonsFile', severity: 'error' }] });
    expect(host.state.preferences.form.reasonsFile).toBe('');
    const folder = await value('preferences.save', edit({ reasonsFile: profileDir }));
    expect(folder).toMatchObject({ ok: false, problems: [{ message: { key: 'reasonsFile.unreadable' } }] });
  });

  test('a policy overrides the file, and no form changes it', async () => {
    await writeFile(path.join(profileDir, 'policy.json'), '{"privacy": "counts"}');
    const { host, value } = await live({ privacy: 'names' });
    expect(host.state.preferences.form.privacy).toBe('counts');
    expect(host.state.preferences.fixed).toMatchObject([{ key: 'privacy', source: 'policy' }]);
    await value('preferences.save', edit({ privacy: 'names', theme: 'dark' }));
    expect(host.state.preferences.form).toMatchObject({ privacy: 'counts', theme: 'dark' });
  });

  test('the log names nobody; if a setting wants names, another log has them', async () => {
    const processor = await newProcessor();
    const settings = { processorUrls: [processor.url], agentIds: ['1001'] };
    const file = path.join(profileDir, 'settings.json');
    const refused = async (host: WidgetHost) => {
      await host.answer('nothing for Ana Torres (agent 1001)', null);
      return [warnings.join(), named.join()];
    };
    await writeFile(file, JSON.stringify(settings));
    const host = newHost();
    await host.start();
    const connection = await processor.connection();
    await connection.begin();
    const members = [member('m1', { memberName: 'Ana Torres' })];
    connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members });
    await connection.roundTrip();
    expect(await refused(host)).toEqual([expect.stringContaining('nothing for *** (agent ***)'), '']);
    await host.stop();
    await writeFile(file, JSON.stringify({ ...settings, logsNames: true }));
    const other = newHost();
    await other.start();
    const again = await processor.connection();
    await again.begin();
    again.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members });
    await again.roundTrip();
    expect(await refused(other)).toEqual([
      expect.not.stringContaining('Ana Torres'),
      expect.stringContaining('nothing for Ana Torres (agent 1001)'),
    ]);
  });

  test('payloads are in no log unless a setting says so, and then in their own', async () => {
    const processor = await newProcessor();
    const settings = { processorUrls: [processor.url], agentIds: ['1001'] };
    const file = path.join(profileDir, 'settings.json');
    const payloads = path.join(profileDir, 'logs', 'payloads.log');
    const talk = async () => {
      const connection = await processor.connection();
      await connection.begin();
      connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [] });
      await connection.roundTrip();
    };
    await writeFile(file, JSON.stringify(settings));
    const host = newHost();
    await host.start();
    await talk();
    await host.stop();
    await expect(readFile(payloads)).rejects.toThrow('ENOENT');
    await writeFile(file, JSON.stringify({ ...settings, logsPayloads: true }));
    const other = newHost();
    await other.start();
    await talk();
    const text = await readFile(payloads, 'utf8');
    expect((await stat(payloads)).mode & 0o077, 'nobody else may read it').toBe(0);
    expect(text).toContain(' sent {');
    expect(text).toContain('"teamName":"Sales"');
    const bundle = await other.answer('support.bundle', null);
    if (!bundle.ok) throw new Error(JSON.stringify(bundle.error.message));
    expect(Object.keys(unzipSync(Buffer.from(bundle.value as string, 'base64')))).not.toContain('logs/payloads.log');
  });

  test('while people are only counted, payloads are never logged', async () => {
    const processor = await newProcessor();
    await writeFile(path.join(profileDir, 'policy.json'), '{"privacy": "counts"}');
    const settings = { processorUrls: [processor.url], agentIds: ['1001'], logsPayloads: true };
    await writeFile(path.join(profileDir, 'settings.json'), JSON.stringify(settings));
    const host = newHost();
    await host.start();
    const connection = await processor.connection();
    await connection.begin();
    await connection.roundTrip();
    await expect(readFile(path.join(profileDir, 'logs', 'payloads.log'))).rejects.toThrow('ENOENT');
  });

  test('each request is logged if a setting asks for that', async () => {
    await writeFile(path.join(profileDir, 'settings.json'), '{"logLevel": "debug"}');
    const host = newHost();
    await host.start();
    expect(debugged).toContain('settings: logLevel from file');
    await host.answer('board.snapshot', null);
    expect(debugged.at(-1)).toMatch(/^board\.snapshot answered after \d+ ms$/);
    const other = newHost();
    await writeFile(path.join(profileDir, 'settings.json'), '{"logLevel": "info"}');
    await other.start();
    debugged = [];
    await other.answer('board.snapshot', null);
    expect(debugged).toEqual([]);
  });

  test('a newer version is announced until somebody has read it', async () => {
    await writeFile(path.join(profileDir, 'policy.json'), '{"updatesFeed": "https://it.example/widget.json"}');
    fetchFeed = (url) => Promise.resolve(url === 'https://it.example/widget.json' ? '{"version": "999.0.0"}' : '');
    const host = newHost();
    await host.start();
    const { announcements } = await stateWhere(host, (state) => state.announcements.length > 0);
    expect(announcements).toEqual([{ type: 'update', version: '999.0.0' }]);
    await host.answer('announcements.dismiss', { type: 'update', version: '999.0.0' });
    expect(host.state.announcements).toEqual([]);
  });

  test('the first crash is announced, once', async () => {
    const host = newHost();
    await host.start();
    host.reportCrash();
    const { announcements } = host.state;
    expect(announcements).toMatchObject([{ type: 'crash' }]);
    host.reportCrash();
    expect(host.state.announcements).toEqual(announcements);
    await host.answer('announcements.dismiss', announcements[0]);
    host.reportCrash();
    expect(host.state.announcements).toEqual([]);
  });

  test('a broken policy connects to nothing, and is shown and logged', async () => {
    const processor = await newProcessor();
    await writeFile(path.join(profileDir, 'settings.json'), JSON.stringify({ processorUrls: [processor.url] }));
    await writeFile(path.join(profileDir, 'policy.json'), '{"privacy": "conts"}');
    const host = newHost();
    await host.start();
    expect(host.state.link.state).toMatchObject({ name: 'stopped', reason: { code: 'settings' } });
    expect(host.state.connection.problems).toMatchObject([{ source: 'policy', key: 'privacy', severity: 'error' }]);
    expect(warnings.join()).toContain('policy.json, “privacy”');
    expect(processor.handshakes).toEqual([]);
    expect(host.state.preferences.form.privacy, 'no more is shown than without a policy').toBe('counts');
  });

  test('a policy that breaks while the widget runs stops it at the next reading', async () => {
    const { host, value } = await live();
    await writeFile(path.join(profileDir, 'policy.json'), '{"privacy": ');
    await value('preferences.save', edit({ theme: 'dark' }));
    expect(host.state.link.state.name).toBe('stopped');
    expect(host.state.preferences.form.privacy).toBe('counts');
  });

  test('once a settings file can’t be read any more, nobody is named', async () => {
    await writeFile(path.join(profileDir, 'recent-calls.json'), '["16817320"]');
    const { host, value } = await live();
    const named = await stateWhere(host, ({ recentCalls }) => recentCalls.length > 0);
    expect(named.preferences.form.privacy).toBe('names');
    const file = path.join(profileDir, 'settings.json');
    const good = await readFile(file, 'utf8');
    await writeFile(file, '{"privacy": "counts", oops }');
    const received: WidgetState[] = [];
    const answers: Promise<unknown>[] = [];
    const end = host.subscribe((name) => {
      if (name !== 'state') return;
      received.push(host.state);
      answers.push(value('board.snapshot', null), value('widget.state', null));
    });
    await host.start();
    end();
    expect(received.length).toBeGreaterThan(0);
    expect(new Set(received.map(({ preferences }) => preferences.form.privacy))).toEqual(new Set(['counts']));
    expect(JSON.stringify([received, await Promise.all(answers)])).not.toMatch(/Example|16817320/);
    await writeFile(file, good);
    await host.start();
    expect(host.state.preferences.form.privacy, 'until it is read again').toBe('names');
    expect(host.state.recentCalls).toEqual(['16817320']);
  });

  test('nothing remembered is sent before it is known whether people are named', async () => {
    await writeFile(path.join(profileDir, 'recent-calls.json'), '["16817320"]');
    let answer: (file: Promise<NamedFile>) => void = () => undefined;
    let askFor: (isAsked: boolean) => void;
    const isAsked = new Promise<boolean>((resolve) => (askFor = resolve));
    const host = newHost({}, (file, known) => {
      if (!file.endsWith('settings.json')) return readNamedFile(file, known);
      askFor(true);
      return new Promise((resolve) => (answer = resolve));
    });
    const received: string[] = [];
    host.subscribe(() => received.push(JSON.stringify(host.state.recentCalls)));
    const started = host.start();
    await isAsked;
    // Takes as long as reading the calls.
    await readNamedFile(path.join(profileDir, 'recent-calls.json'));
    await new Promise((resolve) => setImmediate(resolve));
    answer(Promise.reject(new Error('EIO')));
    await started;
    expect(new Set(received)).toEqual(new Set(['[]']));
  });

  test('with privacy, nobody’s name reaches the page in any way', async () => {
    const { host, connection, value } = await live({
      privacy: 'counts',
      limits: [{ status: 'ready', seconds: 0.001 }],
    });
    await stateWhere(host, ({ alerts }) => alerts.list.length > 0);
    const received: [string, unknown][] = [];
    // Board and state are sent one after the other, in either order.
    const isOver = new Promise<void>((resolve) => {
      host.subscribe((name, payload) => {
        received.push([name, payload]);
        const names = received.map(([one]) => one);
        const isEnded = host.state.alerts.list.some(({ endedAt }) => endedAt !== null);
        if (isEnded && names.includes('board') && names.includes('state')) resolve();
      });
    });
    connection.event('memberstatuschanged', '1001', {
      teamId: 't',
      teamName: 'Sales',
      members: [member('Ann Example', { status: 'not_ready' }), member('Bob Example')],
    });
    await isOver;
    expect(received.length).toBeGreaterThan(1);
    const answers = await Promise.all([
      value('board.snapshot', null),
      value('board.at', { at: Date.now() }),
      value('member.history', { memberId: 'Ann Example' }),
      value('digest.get', null),
      value('widget.state', null),
      value('journey.ask', { callId: '7' }),
    ]);
    expect(JSON.stringify([received, answers])).not.toContain('Example');
    expect(answers[0]).toMatchObject({ head: { counts: { not_ready: 1, ready: 1 } }, teams: [{ members: [] }] });
    expect([answers[2], answers[3], answers[5]]).toEqual(['not-here', 'not-here', 'not-here']);
  });

  test('alerts can be muted, snoozed, tested and seen', async () => {
    const { host, value } = await live();
    const notices: unknown[] = [];
    host.subscribe((name, payload) => {
      if (name === 'notice') notices.push(payload);
    });
    await value('alerts.mute', { isMuted: true });
    await value('alerts.snooze', { forMs: 600_000 });
    expect(host.state.alerts).toMatchObject({ isMuted: true });
    expect(host.state.alerts.snoozedUntil).toBeGreaterThan(Date.now());
    await value('alerts.snooze', { forMs: null });
    await value('alerts.test', null);
    await value('alerts.see', null);
    expect(host.state.alerts.snoozedUntil).toBeNull();
    expect(notices).toMatchObject([{ what: { type: 'test' }, isShown: true, isAudible: true }]);
    await expect(value('alerts.snooze', { forMs: -1 })).resolves.toBe('bad-arguments');
  });

  test('the arrangement of the board is remembered, and nonsense in its file is ignored', async () => {
    const first = newHost();
    await expect(first.answer('layout.load', null)).resolves.toEqual({ ok: true, value: FIRST_LAYOUT });
    const layout = { ...FIRST_LAYOUT, sort: 'attention', filters: ['red'], folded: ['t'] };
    await first.answer('layout.save', layout);
    await expect(first.answer('layout.load', null)).resolves.toEqual({ ok: true, value: layout });
    await first.stop();
    await expect(newHost().answer('layout.load', null)).resolves.toEqual({ ok: true, value: layout });
    await writeFile(path.join(profileDir, 'layout.json'), '{"sort": "shoe size", "filters": ["red"]}');
    await expect(newHost().answer('layout.load', null)).resolves.toEqual({
      ok: true,
      value: { ...FIRST_LAYOUT, filters: ['red'] },
    });
  });
});

test('settings in error are read again from time to time, so that a correction in the file is found', async () => {
  const policy = path.join(profileDir, 'policy.json');
  await writeFile(policy, '{ "agentIds": 7 }');
  const host = newHost();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await host.start();
    const { now, link } = host.state;
    if (link.state.name !== 'stopped') throw new Error(`It is ${link.state.name}`);
    expect(((link.state.nextLookAt ?? NaN) - now) / 60_000).toBeCloseTo(5, 1);
    await writeFile(policy, '{}');
    vi.advanceTimersByTime(300_000);
  } finally {
    vi.useRealTimers();
  }
  const { connection } = await stateWhere(host, ({ link }) => link.state.name !== 'stopped');
  expect(connection.problems).toEqual([]);
});

test('correcting in its form a setting that stopped the widget brings it back at once', async () => {
  await writeFile(path.join(profileDir, 'settings.json'), '{ "theme": "blue" }');
  const host = newHost();
  await host.start();
  expect(host.state.link.state.name).toBe('stopped');
  await expect(host.answer('preferences.save', edit({ theme: 'dark' }))).resolves.toMatchObject({
    value: { ok: true },
  });
  const { connection } = await stateWhere(host, ({ link }) => link.state.name !== 'stopped');
  expect(connection.problems).toEqual([]);
});
