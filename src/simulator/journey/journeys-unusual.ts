/**
 * Journeys that trip up a careless reader: very long ones, very many steps, empty fields, unusual durations and device
 * types. It knows only how they look in a report, not how they are requested.
 */
import {
  call,
  DEVICE_TYPE,
  leg,
  onHold,
  queue,
  ringing,
  routePoint,
  script,
  simpleJourney,
  talking,
  unanswered,
  wrapUp,
  type Leg,
  type WireJourney,
} from './journey-steps.ts';

const welcome = routePoint('8000', 'Main number');

export const UNUSUAL_JOURNEYS: readonly WireJourney[] = [
  simpleJourney(
    '1-80000251377-0',
    'sampleCalls.longHold',
    welcome,
    script('5001', 'Welcome', '00:00:18'),
    queue('Warranty', '00:01:22'),
    ringing('3175', 'Thandiwe Dlamini', '00:00:05'),
    talking('3175', 'Thandiwe Dlamini', '00:02:40'),
    onHold('3175', 'Thandiwe Dlamini', '00:48:16'),
    talking('3175', 'Thandiwe Dlamini', '00:01:07'),
    wrapUp('3175', 'Thandiwe Dlamini', '00:03:30'),
  ),
  simpleJourney(
    '1-80000251380-0',
    'sampleCalls.veryLong',
    welcome,
    script('5002', 'Welcome', '00:00:27'),
    queue('Field Service Dispatch', '09:59:59'),
    ringing('3180', 'Lars Eriksen', '00:00:12'),
    talking('3180', 'Lars Eriksen', '27:40:12'),
    onHold('3180', 'Lars Eriksen', '2.03:15:09'),
    wrapUp('3180', 'Lars Eriksen', '123:00:00'),
  ),
  {
    callId: '1-80000251392-0',
    title: 'sampleCalls.sameQueueTwice',
    steps: [
      ...call(
        '1-80000251392-0',
        welcome,
        script('5003', 'Welcome', '00:00:15'),
        queue('Returns & Refunds', '00:07:02'),
        ringing('3160', 'João Almeida', '00:00:06'),
        talking('3160', 'João Almeida', '00:00:48'),
      ),
      ...call(
        '1-80000251392-1',
        script('5008', 'Transfer', '00:00:03'),
        queue('Returns & Refunds', '00:05:41'),
        ringing('3161', 'Siobhán O’Connor', '00:00:08'),
        talking('3161', 'Siobhán O’Connor', '00:02:59'),
        wrapUp('3161', 'Siobhán O’Connor', '00:00:20'),
      ),
    ],
  },
  simpleJourney(
    '1-80000251401-0',
    'sampleCalls.emptyStep',
    welcome,
    script('5001', 'Welcome', '00:00:18'),
    leg('', '', '', '00:00:02'),
    queue('Orders', '00:00:44'),
    leg('', DEVICE_TYPE.none, 'Caller withheld the number', '00:00:00'),
    ringing('3150', 'Wei Zhang', '00:00:05'),
    talking('3150', 'Wei Zhang', '00:02:20'),
  ),
  simpleJourney(
    '1-80000251415-0',
    'sampleCalls.unreadableDurations',
    welcome,
    script('5001', 'Welcome', '00:00:18'),
    queue('Orders', 'n/a'),
    ringing('3150', 'Wei Zhang', ''),
    talking('3150', 'Wei Zhang', '00:02:20'),
    wrapUp('3150', 'Wei Zhang', '-00:00:01'),
  ),
  simpleJourney(
    '1-80000251422-0',
    'sampleCalls.durationForms',
    routePoint('8000', 'Main number', '0'),
    script('5001', 'Welcome', '18'),
    queue('Orders', '1:04'),
    ringing('3150', 'Wei Zhang', '00:00:05.250'),
    talking('3150', 'Wei Zhang', '1:02:20'),
    wrapUp('3150', 'Wei Zhang', '30.5'),
  ),
  simpleJourney(
    '2-80000007713-4',
    'sampleCalls.namedDevices',
    leg('8000', 'Route Point', 'Main number', '00:00:00'),
    leg('5001', 'CTI Port', 'Script Welcome', '00:00:18'),
    leg('Orders', 'CSQ', 'Queued for Orders', '00:00:44'),
    leg('3150', 'Agent Phone', 'Talking to Wei Zhang', '00:02:20'),
    leg('trunk-07', 'SIP Trunk', 'Recorder', '00:02:20'),
    leg('?', '4711', 'A number that is not documented', '00:00:01'),
  ),
  simpleJourney('2-80000007720-0', 'sampleCalls.twoHundredSteps', ...twoHundredSteps()),
];

/** Every agent's phone rings and nobody answers, until the caller gives up. */
function twoHundredSteps(): Leg[] {
  const legs: Leg[] = [welcome, script('5009', 'Welcome', '00:00:20')];
  for (let offer = 0; legs.length < 200; offer += 1) {
    const extension = String(3_200 + (offer % 25));
    legs.push(queue('Switchboard', `00:00:${String(1 + (offer % 50)).padStart(2, '0')}`));
    legs.push(unanswered(extension, `agent at ${extension}`, '00:00:20'));
  }
  return legs;
}
