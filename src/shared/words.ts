/**
 * The domain's values in words for a person, the same in page, tray and notifications. It knows nothing of layout; it
 * decides nothing but how a thing is called.
 */
import type { StatusCounts } from './board.ts';
import type { LinkView } from './link.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };
import { statusKind } from './report.ts';
import type { SettingsProblem } from './settings.ts';
import type { PlainKey } from './texts/languages.ts';
import { say, type Text } from './texts/text.ts';
import { listText, perLocale, t, translator } from './texts/texts.ts';

const reasons: ReadonlyMap<string, PlainKey> = new Map(
  // The catalogue has each of them; a test holds it to that.
  reasonCodes.codes.map(({ code }) => [code, `reasons.${code}` as PlainKey]),
);

/** “Ready”, “Not ready”, “After-call work”, or the word as it came; “Unknown” where none came. */
export function statusWord(status: string): string {
  switch (statusKind(status)) {
    case 'ready':
      return t('status.ready');
    case 'not_ready':
      return t('status.notReady');
    case 'acw':
      return t('status.afterCallWork');
    case 'other':
      return status.trim() === '' ? t('status.unknown') : status;
  }
}

/** A reason code in words, “code 32799” where there are none, nothing for no reason; null is a reason that was not told. */
export function reasonWord(reason: string | null): string {
  if (reason === null) return t('reason.unknown');
  const code = reason.trim();
  if (code === '' || code === '0') return '';
  const known = reasons.get(code);
  return known === undefined ? t('reason.code', { code }) : t(known);
}

/** A member's type as it is read; a type that is not documented stays as it came. */
export function memberTypeWord(memberType: string): string {
  return memberType === 'TeamLead' ? t('memberType.teamLead') : memberType;
}

/** How the lamp looks, which is also what it says: Live, Connecting, Reconnecting, Stale or Stopped. */
export type LinkLook = 'live' | 'stale' | 'stopped' | 'connecting' | 'reconnecting';

export function linkLook({ state, wasLive }: LinkView): LinkLook {
  switch (state.name) {
    case 'live':
    case 'stale':
    case 'stopped':
      return state.name;
    case 'waiting':
      return 'reconnecting';
    case 'idle':
    case 'connecting':
    case 'starting':
      return wasLive || ('attempt' in state && state.attempt > 1) ? 'reconnecting' : 'connecting';
  }
}

/** What the lamp says: Live, Connecting, Reconnecting, Stale or Stopped. */
export function linkWord(link: LinkView): string {
  return t(`link.words.${linkLook(link)}`);
}

/** “12 ready, 5 not ready, 3 after-call work”; statuses that nobody is in are left out. */
export function countsWords({ ready, notReady, acw, other }: StatusCounts): string {
  const parts = [
    ready > 0 ? t('counts.ready', { count: ready }) : '',
    notReady > 0 ? t('counts.notReady', { count: notReady }) : '',
    acw > 0 ? t('counts.afterCallWork', { count: acw }) : '',
    other > 0 ? t('counts.other', { count: other }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? t('counts.nobody') : listText(parts);
}

// Many clocks are drawn anew every second: the digits are looked up, not formatted.
const digits = perLocale((locale) => {
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const below60 = Array.from({ length: 60 }, (_, value) => value);
  return { plain: below60.map((value) => plain.format(value)), two: below60.map((value) => two.format(value)) };
});

/** A span of time as a clock shows it: “0:07”, “12:04”, “1:02:33”, “2d 3:04:05”. Whole seconds, rounded down. */
export function clockText(milliseconds: number, by = translator()): string {
  const { plain, two } = digits(by.formatLocale);
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two[seconds % 60] ?? '';
  if (days === 0 && hours === 0) return `${plain[minutes] ?? ''}:${rest}`;
  const clock = `${plain[hours] ?? ''}:${two[minutes] ?? ''}:${rest}`;
  return days > 0 ? by.say('time.days', { days, clock }) : clock;
}

export type DeviceKind = 'phone' | 'ctiPort' | 'routePoint' | 'agentPhone' | 'queue' | 'line' | 'none' | 'unknown';

// The numbers are those of UCCX's CTI protocol; the names are what a processor may send in their stead.
const DEVICES: readonly { readonly kind: Exclude<DeviceKind, 'unknown'>; readonly types: readonly string[] }[] = [
  { kind: 'phone', types: ['0', 'device', 'phone'] },
  { kind: 'ctiPort', types: ['73', 'ctiport'] },
  { kind: 'routePoint', types: ['74', 'routepoint', 'ctiroutepoint'] },
  { kind: 'agentPhone', types: ['76', 'agentphone', 'agentdevice', 'agent'] },
  { kind: 'queue', types: ['77', 'queue', 'csq', 'contactservicequeue'] },
  { kind: 'line', types: ['78', 'nonacdline', 'nonacd'] },
  { kind: 'none', types: ['65535', 'none'] },
];
const devicesByType = new Map(DEVICES.flatMap((device) => device.types.map((type) => [type, device.kind] as const)));

/** A device type, number or name, in words; one that is not known stays as it came. */
export function deviceWord(deviceType: string): { readonly kind: DeviceKind; readonly word: string } {
  const kind = devicesByType.get(deviceType.toLowerCase().replace(/[\s_-]/g, ''));
  return kind === undefined ? { kind: 'unknown', word: deviceType } : { kind, word: t(`devices.${kind}`) };
}

/** A problem in the settings: where, which key where there is more than one, and what. */
export function problemText({ source, place, key, message }: SettingsProblem): Text {
  return source === 'file' && key !== ''
    ? { key: 'settings.atKey', values: { place, key, message } }
    : { key: 'settings.at', values: { place, message } };
}

/** The same in the current language. */
export function problemWords(problem: SettingsProblem): string {
  return say(problemText(problem));
}
