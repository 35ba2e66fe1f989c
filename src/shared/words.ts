/**
 * The domain's values in words for a person, the same in page, tray and notifications. It knows nothing of layout; it
 * decides nothing but how a thing is called.
 */
import type { StatusCounts } from './board.ts';
import type { LinkView } from './link.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };
import { statusKind } from './report.ts';
import type { SettingsProblem } from './settings.ts';

const reasons: ReadonlyMap<string, string> = new Map(reasonCodes.codes.map(({ code, label }) => [code, label]));

/** “Ready”, “Not ready”, “After-call work”, or the word as it came; “Unknown” where none came. */
export function statusWord(status: string): string {
  switch (statusKind(status)) {
    case 'ready':
      return 'Ready';
    case 'not_ready':
      return 'Not ready';
    case 'acw':
      return 'After-call work';
    case 'other':
      return status.trim() === '' ? 'Unknown' : status;
  }
}

/** A reason code in words, “code 32799” where there are none, nothing for no reason; null is a reason that was not told. */
export function reasonWord(reason: string | null): string {
  if (reason === null) return 'reason unknown';
  const code = reason.trim();
  if (code === '' || code === '0') return '';
  return reasons.get(code) ?? `code ${code}`;
}

/** A member's type as it is read; a type that is not documented stays as it came. */
export function memberTypeWord(memberType: string): string {
  return memberType === 'TeamLead' ? 'Team lead' : memberType;
}

/** What the lamp says: Live, Connecting, Reconnecting, Stale or Stopped. */
export function linkWord({ state, wasLive }: LinkView): string {
  switch (state.name) {
    case 'live':
      return 'Live';
    case 'stale':
      return 'Stale';
    case 'stopped':
      return 'Stopped';
    case 'waiting':
      return 'Reconnecting';
    case 'idle':
    case 'connecting':
    case 'starting':
      return wasLive || ('attempt' in state && state.attempt > 1) ? 'Reconnecting' : 'Connecting';
  }
}

/** “12 ready, 5 not ready, 3 after-call work”; statuses that nobody is in are left out. */
export function countsWords({ ready, notReady, acw, other }: StatusCounts): string {
  const parts = [
    ready > 0 ? `${String(ready)} ready` : '',
    notReady > 0 ? `${String(notReady)} not ready` : '',
    acw > 0 ? `${String(acw)} after-call work` : '',
    other > 0 ? `${String(other)} other` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}

/** A span of time as a clock shows it: “0:07”, “12:04”, “1:02:33”, “2d 3:04:05”. Whole seconds, rounded down. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  if (days > 0) return `${String(days)}d ${String(hours)}:${two(minutes)}:${rest}`;
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${rest}` : `${String(minutes)}:${rest}`;
}

export type DeviceKind = 'phone' | 'ctiPort' | 'routePoint' | 'agentPhone' | 'queue' | 'line' | 'none' | 'unknown';

// The numbers are those of UCCX's CTI protocol; the names are what a processor may send in their stead.
const DEVICES: readonly { readonly kind: DeviceKind; readonly word: string; readonly types: readonly string[] }[] = [
  { kind: 'phone', word: 'Phone', types: ['0', 'device', 'phone'] },
  { kind: 'ctiPort', word: 'CTI port', types: ['73', 'ctiport'] },
  { kind: 'routePoint', word: 'Route point', types: ['74', 'routepoint', 'ctiroutepoint'] },
  { kind: 'agentPhone', word: 'Agent phone', types: ['76', 'agentphone', 'agentdevice', 'agent'] },
  { kind: 'queue', word: 'Queue', types: ['77', 'queue', 'csq', 'contactservicequeue'] },
  { kind: 'line', word: 'Non-ACD line', types: ['78', 'nonacdline', 'nonacd'] },
  { kind: 'none', word: 'No device', types: ['65535', 'none'] },
];
const devicesByType = new Map(DEVICES.flatMap((device) => device.types.map((type) => [type, device] as const)));

/** A device type, number or name, in words; one that is not known stays as it came. */
export function deviceWord(deviceType: string): { readonly kind: DeviceKind; readonly word: string } {
  const known = devicesByType.get(deviceType.toLowerCase().replace(/[\s_-]/g, ''));
  return known ?? { kind: 'unknown', word: deviceType };
}

/** A problem in the settings as one sentence: where, which key where there is more than one, and what. */
export function problemWords({ source, place, key, message }: SettingsProblem): string {
  return `${place}: ${source === 'file' && key !== '' ? `“${key}” ` : ''}${message}`;
}
