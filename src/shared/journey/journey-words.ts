/** Devices and findings of a journey in words. It must not know how they are drawn. */
import { clockText } from '../texts/spans.ts';
import { listText, percentText, t } from '../texts/texts.ts';
import { deviceKind, type DeviceKind } from './devices.ts';
import type { Finding } from './journey.ts';

/** How many devices a sentence names. */
const MAX_DEVICES = 5;

/** A device type, number or name, in words; an unknown one stays as received. */
export function deviceWord(deviceType: string): { readonly kind: DeviceKind; readonly word: string } {
  const kind = deviceKind(deviceType);
  return { kind, word: kind === 'unknown' ? deviceType : t(`devices.${kind}`) };
}

/** A finding as a sentence. */
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
