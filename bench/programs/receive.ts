/**
 * Receives a burst of events from the benchmark's processor, either with the widget's core as set up by a host, or with
 * a bare `ws` client that only parses them. Reports the processor time from the first frame to the last one handled.
 */
import WebSocket from 'ws';
import { plainCodec } from '../../src/core/link/codec.ts';
import { systemClock } from '../../src/core/base/clock.ts';
import { webSocketTransport } from '../../src/core/link/web-socket-transport.ts';
import { BUILT_IN } from '../../src/core/settings.ts';
import { Widget } from '../../src/core/widget.ts';
import { total } from '../../src/shared/board/statuses.ts';
import { AGENT_ID, LAST_NAME } from '../load.ts';
import type { ReceiveOptions, ReceiveReport } from '../figures/socket-to-board.ts';

const { how, url, members } = JSON.parse(process.argv[2] ?? '') as ReceiveOptions;
/** The processor time when the first frame of the burst arrived; null before that. */
let startedAt: NodeJS.CpuUsage | null = null;
/** The roster's own frames do not count. */
let isReady = false;

process.on('disconnect', () => process.exit(0));
if (how === 'core') await receiveWithCore();
else receiveBare();

function report(report: ReceiveReport): void {
  process.send?.(report);
}

function done(): void {
  if (startedAt === null) throw new Error('The last frame came before the first');
  const { user, system } = process.cpuUsage(startedAt);
  report({ type: 'burst', seconds: (user + system) / 1_000_000 });
  startedAt = null;
}

function ready(): void {
  isReady = true;
  report({ type: 'ready' });
}

async function receiveWithCore(): Promise<void> {
  const nothing = (): void => undefined;
  const widget = new Widget({
    clock: systemClock,
    transport: webSocketTransport,
    codec: {
      ...plainCodec,
      decode: (frame) => {
        if (isReady) startedAt ??= process.cpuUsage();
        return plainCodec.decode(frame);
      },
    },
    log: { debug: () => undefined, info: nothing, warn: console.warn, error: console.error },
  });
  widget.subscribe({
    onBoard: ({ head, changes }) => {
      if (!isReady && total(head.counts) === members) ready();
      for (const change of changes) {
        if (change.type === 'member' && change.member.memberName === LAST_NAME && startedAt !== null) done();
      }
    },
    onState: ({ violations }) => {
      if (violations.length > 0) throw new Error(`The core found the frames odd: ${JSON.stringify(violations)}`);
    },
  });
  await widget.connect({ ...BUILT_IN, processorUrls: [url], agentIds: [AGENT_ID] });
}

function receiveBare(): void {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let announced = 0;
  socket.on('open', () => {
    socket.send(JSON.stringify({ command: 'report.teamstatus.begin', data: { agentId: AGENT_ID } }));
  });
  socket.on('message', (data: Buffer) => {
    if (isReady) startedAt ??= process.cpuUsage();
    const { data: event } = JSON.parse(data.toString('utf8')) as {
      readonly data: { readonly team?: { readonly members: readonly { readonly memberName: string }[] } };
    };
    if (!isReady) {
      announced += event.team?.members.length ?? 0;
      if (announced === members) ready();
    } else if (event.team?.members[0]?.memberName === LAST_NAME) done();
  });
}
