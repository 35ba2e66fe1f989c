/**
 * The domain's values in words for a person, the same in page, tray and notifications. It knows nothing of layout; it
 * decides nothing but how a thing is called.
 */
import { peopleIn, type Alert, type Notice } from './alerts/alerts.ts';
import type { Attention } from './board/attention.ts';
import { isBlank } from './base/folding.ts';
import { countsByKind, type Since, type StatusCounts } from './board/board.ts';
import { deviceKind, type DeviceKind } from './journey/devices.ts';
import type { HeadLabels } from './base/export-head.ts';
import { unseenShown } from './base/folding.ts';
import type { Finding } from './journey/journey.ts';
import type { AgentView, LinkView } from './link/link.ts';
import reasonCodes from './reasons/reason-codes.json' with { type: 'json' };
import { normalReason, ReasonBook, type Cause, type Reasoned } from './reasons/reasons.ts';
import { isEveryAgentRefused, refusalsOf } from './link/refusals.ts';
import { memberTypeOf, statusKind, type StatusKind } from './link/report.ts';
import type { FixedSetting, SettingsProblem } from './settings/settings.ts';
import type { PlainKey } from './texts/languages.ts';
import { say, type Text } from './texts/text.ts';
import { listText, percentText, perLocale, t, translator } from './texts/texts.ts';

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
      return isBlank(status) ? t('status.unknown') : status;
  }
}

/**
 * A reason code in words, the site's own before UCCX's; “code 32799” where there are none, nothing for no reason; null
 * is a reason that was not told.
 */
export function reasonWord(reason: string | null, book: ReasonBook = ReasonBook.none): string {
  if (reason === null) return t('reason.unknown');
  const code = normalReason(reason) ?? '';
  if (code === '') return '';
  const ofSite = book.siteLabel(code);
  if (ofSite !== null) return ofSite;
  const known = reasons.get(code);
  if (known !== undefined) return t(known);
  // What is no number is a reason in words already.
  return /^\d+$/.test(code) ? t('reason.code', { code }) : code;
}

/** Why somebody is in a status, in words; nothing where the reason belongs to another status. */
export function whyWord(row: Reasoned, book: ReasonBook = ReasonBook.none): string {
  return reasonWord(book.shown(row), book);
}

/** A member's type as it is read; a type that is not documented stays as it came. */
export function memberTypeWord(memberType: string): string {
  switch (memberTypeOf(memberType)) {
    case 'Agent':
      return t('memberType.agent');
    case 'Supervisor':
      return t('memberType.supervisor');
    case 'TeamLead':
      return t('memberType.teamLead');
    case undefined:
      return memberType;
  }
}

/** How the lamp looks, which is also what it says: Live, No teams, Connecting, Reconnecting, Stale or Stopped. */
export type LinkLook = 'live' | 'noTeams' | 'stale' | 'stopped' | 'connecting' | 'reconnecting';

/** What of the widget's state the lamp tells. */
interface Linked {
  readonly link: LinkView;
  readonly agents: readonly AgentView[];
}

export function linkLook({ link: { state, wasLive }, agents }: Linked): LinkLook {
  // The processor answers: it is not the link that is at fault.
  if (state.name === 'starting' && isEveryAgentRefused(agents)) return 'noTeams';
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

/** What the lamp says, in a word. */
export function linkWord(linked: Linked): string {
  return t(`link.words.${linkLook(linked)}`);
}

/** So many agents, or reasons, are named in a sentence. */
const MAX_NAMED_REFUSALS = 5;

/** “1001, 1002”. */
export function agentsWords(agentIds: readonly string[]): string {
  return shortList(agentIds.map(idText));
}

/** Whom the processor refused and why, in a sentence: “The processor refused 77777 (No such agent).” */
export function refusedWords(agents: readonly AgentView[]): string {
  const refusals = refusalsOf(agents).map(({ agentIds, message }) =>
    t('link.refusal', { agents: agentsWords(agentIds), message: say(message) }),
  );
  return refusals.length === 0 ? '' : t('link.refusedAgents', { list: shortList(refusals) });
}

function shortList(items: readonly string[]): string {
  const more = items.length - MAX_NAMED_REFUSALS;
  const named = items.slice(0, MAX_NAMED_REFUSALS);
  return listText(more > 0 ? [...named, t('alerts.more', { count: more })] : named);
}

/** “12 ready”. */
export function countWord(kind: StatusKind, count: number): string {
  switch (kind) {
    case 'ready':
      return t('counts.ready', { count });
    case 'not_ready':
      return t('counts.notReady', { count });
    case 'acw':
      return t('counts.afterCallWork', { count });
    case 'other':
      return t('counts.other', { count });
  }
}

/** “12 ready, 5 not ready, 3 after-call work”; statuses that nobody is in are left out. */
export function countsWords(counts: StatusCounts): string {
  const parts = countsByKind(counts)
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => countWord(kind, count));
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

const durations = perLocale((locale) => ({
  hours: new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'short' }),
  minutes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
}));

/** A round span of time in words: “15 min”, “4 hr”. */
export function durationText(milliseconds: number): string {
  const { hours, minutes } = durations();
  const count = milliseconds / 60_000;
  return count % 60 === 0 ? hours.format(count / 60) : minutes.format(count);
}

const rough = perLocale((locale) =>
  (['minute', 'hour', 'day'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  ),
);

/** A span of time in its largest unit, rounded down, for what is read from afar: “2 min”, “3 hr”, “1 day”. */
export function roughTimeText(milliseconds: number): string {
  const [minutes, hours, days] = rough();
  const count = Math.floor(milliseconds / 60_000);
  if (count < 60) return minutes?.format(count) ?? '';
  return count < 24 * 60
    ? (hours?.format(Math.floor(count / 60)) ?? '')
    : (days?.format(Math.floor(count / 1440)) ?? '');
}

/** How long a gap was: one of less than a second is not one of no time. */
export function gapText(milliseconds: number, by = translator()): string {
  return milliseconds < 1000 ? by.say('time.lessThan', { clock: clockText(1000, by) }) : clockText(milliseconds, by);
}

/** The time since then as a clock shows it, with “at least” or “about” as it is known. `until`: the moment it is read at. */
export function knownClockText({ at, known }: Since, until: number): string {
  const clock = clockText(until - at);
  switch (known) {
    case 'exact':
      return clock;
    case 'at-least':
      return t('clock.atLeast', { clock });
    case 'across-gap':
      return t('clock.about', { clock });
  }
}

/** How much of that time was not watched; empty for none. */
export function unwatchedText({ unwatchedMs }: Since): string {
  return unwatchedMs === undefined ? '' : t('clock.unwatched', { clock: gapText(unwatchedMs) });
}

/** An id as it is read: what can't be seen in it stands out, since two may differ by nothing else. */
export function idText(id: string): string {
  return unseenShown(id);
}

/** “Kay Stone (1001)”. */
export function nameWithId(name: string, id: string): string {
  return t('names.withId', { name, id: idText(id) });
}

/** How people and teams are called where several may have one name: by who knows them all. */
export interface Naming {
  readonly person: (memberId: string, name: string) => string;
  readonly team: (teamId: string, name: string) => string;
}

const BY_NAME: Naming = { person: (_id, name) => name, team: (_id, name) => name };

/** An alert as a title and what more there is to say; nobody is named where names are kept back. */
export function alertWords(
  alert: Alert,
  book: ReasonBook,
  naming = BY_NAME,
): { readonly title: string; readonly body: string } {
  switch (alert.kind) {
    case 'limit': {
      const { memberId, memberName, status, of, limitMs } = alert;
      const team = naming.team(alert.teamId, alert.teamName);
      const name = memberName === '' ? '' : naming.person(memberId, memberName);
      const clock = clockText(limitMs);
      const why = whyWord(alert, book);
      if (of === 'reason') {
        const key = name === '' ? 'alerts.limitOfReasonAnonymous' : 'alerts.limitOfReason';
        return { title: t(key, { name, team, reason: why, clock }), body: name === '' ? '' : team };
      }
      const key = name === '' ? 'alerts.limitAnonymous' : 'alerts.limit';
      const title = t(key, { name, team, status: statusWord(status), clock });
      return { title, body: listText([name === '' ? '' : team, why].filter((part) => part !== '')) };
    }
    case 'failure': {
      const { reason } = alert;
      const people = peopleIn(alert);
      const named = people.filter(({ memberName }) => memberName !== '');
      const names = listText(named.map(({ memberId, memberName }) => naming.person(memberId, memberName)));
      const why = reasonWord(reason, book);
      if (people.length === 1 && names !== '')
        return { title: t('alerts.failureOfOne', { reason: why, names }), body: '' };
      return { title: t('alerts.failure', { count: people.length, reason: why }), body: names };
    }
    case 'floor': {
      const { ready, least } = alert;
      const team = naming.team(alert.teamId, alert.teamName);
      return { title: t('alerts.floor', { count: least, team, ready }), body: '' };
    }
  }
}

/** What is told aloud, in words. */
export function noticeWords(
  { what }: Notice,
  book: ReasonBook,
  naming = BY_NAME,
): { readonly title: string; readonly body: string } {
  switch (what.type) {
    case 'alert':
      return alertWords(what.alert, book, naming);
    case 'more':
      return { title: t('alerts.moreTitle', { count: what.count }), body: '' };
    case 'test':
      return { title: t('alerts.testTitle'), body: t('alerts.testBody') };
  }
}

/** A limit and how far it has come; empty for one that is not near. */
export function limitWords({ limitMs, level }: Attention): string {
  if (level === 'none') return '';
  return t(level === 'red' ? 'attention.over' : 'attention.near', { clock: clockText(limitMs) });
}

/** Who caused it; empty where that is not known. */
export function causeWord(cause: Cause | null): string {
  return cause === null ? '' : t(`cause.${cause}`);
}

/** A device type, number or name, in words; one that is not known stays as it came. */
export function deviceWord(deviceType: string): { readonly kind: DeviceKind; readonly word: string } {
  const kind = deviceKind(deviceType);
  return { kind, word: kind === 'unknown' ? deviceType : t(`devices.${kind}`) };
}

/** What stands out, in a sentence. */
export function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'may-be-up':
      return t('journey.findings.mayBeUp');
    case 'ends-in-queue':
      return finding.device === ''
        ? t('journey.findings.endsInAQueue')
        : t('journey.findings.endsInQueue', { device: finding.device });
    case 'ends-in-script':
      return finding.device === ''
        ? t('journey.findings.endsInAScript')
        : t('journey.findings.endsInScript', { device: finding.device });
    case 'unanswered':
    case 'returned': {
      const named = finding.devices
        .slice(0, MAX_DEVICES)
        .map((one) => (one.times === 1 ? one.device : t('journey.findings.times', one)));
      const more = finding.devices.length - named.length;
      const devices = listText(more === 0 ? named : [...named, t('alerts.more', { count: more })]) || '?';
      return t(`journey.findings.${finding.kind}`, { devices });
    }
    case 'back-and-forth': {
      const [first, second] = finding.devices;
      return t('journey.findings.backAndForth', { first, second });
    }
    case 'same-queue':
      return t('journey.findings.sameQueue', { device: finding.device, times: finding.steps.length });
    case 'queued': {
      const clock = clockText(finding.seconds * 1000);
      return finding.isPartial
        ? t('journey.findings.queuedInPart', { clock })
        : t('journey.findings.queued', { clock });
    }
    case 'longest': {
      const what = listText(finding.what) || '?';
      const values = { clock: clockText(finding.seconds * 1000), share: percentText(finding.share), what };
      return finding.isPartial ? t('journey.findings.longestRead', values) : t('journey.findings.longest', values);
    }
    case 'new-call-id':
      return t('journey.findings.newCallId');
    case 'unreadable-duration':
      return t('journey.findings.unreadableDuration', { number: finding.steps.length });
    case 'odd-step':
      return t('journey.findings.oddStep');
  }
}

/** So many are named in a sentence. */
const MAX_DEVICES = 5;

/** A problem in the settings: where, which key where there is more than one, and what. */
export function problemText({ source, place, key, message }: SettingsProblem): Text {
  return (source === 'file' || source === 'policy') && key !== ''
    ? { key: 'settings.atKey', values: { place, key, message } }
    : { key: 'settings.at', values: { place, message } };
}

/** Who fixed a setting. */
export function fixedWords({ source, place }: FixedSetting<string>): string {
  return t(source === 'policy' ? 'connection.fixedByPolicy' : 'connection.fixed', { place });
}

/** What the lines above a text begin with, for those who read the page. */
export function headLabels(): HeadLabels {
  return { processor: t('export.processor'), madeAt: t('export.madeAt') };
}

/** The same in the current language. */
export function problemWords(problem: SettingsProblem): string {
  return say(problemText(problem));
}
