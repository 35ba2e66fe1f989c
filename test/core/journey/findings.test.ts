/** What stands out in a journey: what each rule claims and must not claim, and all flows of UCCX. */
import { describe, expect, test } from 'vitest';
import {
  backAndForth,
  endsInQueue,
  endsInScript,
  longest,
  mayBeUp,
  newCallId,
  malformedStep,
  queued,
  returned,
  sameQueue,
  unanswered,
  unreadableDuration,
} from '../../../src/core/journey/findings.ts';
import { readJourney } from '../../../src/core/journey/read-journey.ts';
import type { JourneyStep } from '../../../src/shared/journey/journey.ts';
import { answerJourney, JOURNEYS } from '../../../src/simulator/journey/journeys.ts';

/** A step as “device type description duration call”; parts left out are as in any valid step. */
type Written = readonly [device: string, type: string, description?: string, duration?: string, callId?: string];

function steps(...written: readonly Written[]): readonly JourneyStep[] {
  const CallJourney = written.map(([Device, DeviceType, Description = 'x', Duration = '00:00:10', CallId = '1']) => ({
    CallId,
    Device,
    DeviceType,
    Description,
    Duration,
  }));
  return readJourney('1', { CallJourney }, 0).journey?.steps ?? [];
}

const QUEUE: Written = ['Sales', '77'];
const AGENT: Written = ['3104', '76'];
const OTHER: Written = ['3105', '76'];

describe('a call that may be up', () => {
  test.each(['', ' '])('has a last step with somebody whose duration is %j', (duration) => {
    expect(mayBeUp(steps(QUEUE, ['3104', '76', 'x', duration]))).toEqual([{ kind: 'may-be-up', steps: [2] }]);
    expect(mayBeUp(steps(['Sales', 'CSQ', 'x', duration]))).toHaveLength(1);
  });

  test('is not claimed of one whose last step has a duration, or one that can’t be read', () => {
    expect(mayBeUp(steps(QUEUE, AGENT))).toEqual([]);
    expect(mayBeUp(steps(['3104', '76', 'x', 'n/a']))).toEqual([]);
    expect(mayBeUp(steps(['3104', '76', 'x', '00:00:00']))).toEqual([]);
    expect(mayBeUp(steps(['3104', '76', 'x', ''], AGENT))).toEqual([]);
    expect(mayBeUp([])).toEqual([]);
  });

  test('is not claimed of a route point, which takes no time', () => {
    expect(mayBeUp(steps(['8000', '74', 'x', '']))).toEqual([]);
  });
});

describe('an end in a queue', () => {
  test('is one whose last step is in a queue', () => {
    expect(endsInQueue(steps(AGENT, QUEUE, QUEUE))).toEqual([
      { kind: 'ends-in-queue', device: 'Sales', steps: [2, 3] },
    ]);
  });

  test('is not one behind which there is anything', () => {
    expect(endsInQueue(steps(QUEUE, AGENT))).toEqual([]);
    expect(endsInQueue(steps(QUEUE, ['', '']))).toEqual([]);
    expect(endsInQueue(steps(['Support', '77'], ['Support', '76']))).toEqual([]);
    expect(endsInQueue(steps(['Sales', '77', 'x', ''])), 'it may be up').toEqual([]);
    expect(endsInQueue([])).toEqual([]);
  });
});

describe('an end in the script', () => {
  test('is one whose last step is at a port of it', () => {
    expect(endsInScript(steps(QUEUE, ['5001', '73'], ['5001', 'CTI port']))).toEqual([
      { kind: 'ends-in-script', device: '5001', steps: [2, 3] },
    ]);
  });

  test('is not one behind which there is anything, nor one that may still last', () => {
    expect(endsInScript(steps(['5001', '73'], QUEUE))).toEqual([]);
    expect(endsInScript(steps(['8000', '74']))).toEqual([]);
    expect(endsInScript(steps(['5001', '73', 'x', '']))).toEqual([]);
    expect(endsInScript([])).toEqual([]);
  });
});

describe('an offer that nobody answered', () => {
  test.each([
    'Ringing Ana, not answered',
    'No answer',
    'RONA',
    'RONA_3104',
    'Unanswered offer',
    'NOT_ANSWERED',
    'no-answer',
    'Not\u00a0answered',
  ])('is one that says so: %s', (words) => {
    expect(unanswered(steps(QUEUE, ['3104', '76', words], QUEUE))).toEqual([
      { kind: 'unanswered', devices: [{ device: '3104', times: 1 }], steps: [2] },
    ]);
    expect(returned(steps(QUEUE, ['3104', '76', words], QUEUE))).toEqual([]);
  });

  test('names each device once, and how often', () => {
    const no = 'no answer';
    const found = unanswered(steps(['a', '76', no], ['b', '76', no], ['a', '76', no]));
    expect(found).toMatchObject([
      {
        devices: [
          { device: 'a', times: 2 },
          { device: 'b', times: 1 },
        ],
        steps: [1, 2, 3],
      },
    ]);
  });

  test('is not one that only somebody’s name speaks of, nor a queue, a script or what nobody knows', () => {
    expect(unanswered(steps(['3104', '76', 'Talking to Rona Levy'], ['3104', '76', 'Answered at once']))).toEqual([]);
    expect(unanswered(steps(['Not answered', '77', 'Queued for Not answered'], ['5001', '73', 'No answer']))).toEqual(
      [],
    );
    expect(unanswered(steps(['ivr', '4711', 'No answer to the menu'], ['x', '65535', 'No answer']))).toEqual([]);
  });
});

describe('back to the same queue', () => {
  test('is from one step at an agent’s phone, in the same call', () => {
    expect(returned(steps(QUEUE, AGENT, QUEUE, OTHER))).toEqual([
      { kind: 'returned', devices: [{ device: '3104', times: 1 }], steps: [2] },
    ]);
  });

  test('is not as another call, to another queue, after more than one step, or of a call without an id', () => {
    expect(returned(steps(QUEUE, AGENT))).toEqual([]);
    expect(returned(steps(QUEUE, ['3104', '76', 'x', '5', '2'], ['Sales', '77', 'x', '5', '3']))).toEqual([]);
    expect(returned(steps(QUEUE, AGENT, ['Billing', '77']))).toEqual([]);
    expect(returned(steps(QUEUE, AGENT, AGENT, QUEUE))).toEqual([]);
    expect(returned(steps(['S', '77', 'x', '5', ''], ['3', '76', 'x', '5', ''], ['S', '77', 'x', '5', '']))).toEqual(
      [],
    );
  });
});

describe('back and forth', () => {
  const turn = (device: string, callId: string): Written => [device, '76', 'x', '5', callId];

  test('is from one to another and back, each time as another call', () => {
    const found = backAndForth(steps(turn('a', '1'), turn('b', '2'), turn('b', '2'), turn('a', '3'), turn('b', '4')));
    expect(found).toEqual([{ kind: 'back-and-forth', devices: ['a', 'b'], steps: [1, 2, 3, 4, 5] }]);
  });

  test('is told of each pair', () => {
    const found = backAndForth(
      steps(turn('a', '1'), turn('b', '2'), turn('a', '3'), turn('c', '4'), turn('a', '5'), turn('d', '6')),
    );
    expect(found).toMatchObject([
      { devices: ['a', 'b'], steps: [1, 2, 3] },
      { devices: ['a', 'c'], steps: [3, 4, 5] },
    ]);
  });

  test('is not a consultation, after which the first call goes on', () => {
    expect(backAndForth(steps(turn('a', '1'), turn('b', '2'), turn('a', '1')))).toEqual([]);
  });

  test('is not a conference, in which both are in one call', () => {
    expect(backAndForth(steps(turn('a', '1'), turn('b', '2'), turn('a', '3'), turn('b', '3')))).toEqual([]);
    expect(backAndForth(steps(turn('a', '1'), turn('b', '1'), turn('a', '1')))).toEqual([]);
  });

  test('is not with queues and scripts, nor with devices or calls that are not named', () => {
    expect(backAndForth(steps(turn('a', '1'), ['Sales', '77', 'x', '5', '2'], turn('a', '3')))).toEqual([]);
    expect(backAndForth(steps(turn('', '1'), turn('b', '2'), turn('', '3')))).toEqual([]);
    expect(backAndForth(steps(turn('a', ''), turn('b', '2'), turn('a', '3')))).toEqual([]);
  });

  test('is not to one and on to a third', () => {
    expect(backAndForth(steps(turn('a', '1'), turn('b', '2'), turn('c', '3')))).toEqual([]);
  });
});

describe('the same queue twice', () => {
  test('is after anything else than an offer that nobody answered', () => {
    expect(sameQueue(steps(QUEUE, AGENT, AGENT, QUEUE))).toEqual([
      { kind: 'same-queue', device: 'Sales', steps: [1, 4] },
    ]);
    expect(sameQueue(steps(QUEUE, ['5001', '73'], QUEUE, ['Billing', '77'], QUEUE))).toMatchObject([
      { steps: [1, 3, 5] },
    ]);
  });

  test('is not a wait that an unanswered offer broke', () => {
    expect(sameQueue(steps(QUEUE, ['3104', '76', 'no answer'], QUEUE))).toEqual([]);
    expect(sameQueue(steps(QUEUE, AGENT, QUEUE))).toEqual([]);
    expect(sameQueue(steps(QUEUE, QUEUE))).toEqual([]);
  });

  test('is not two queues, nor queues without a name', () => {
    expect(sameQueue(steps(QUEUE, AGENT, ['Billing', '77']))).toEqual([]);
    expect(sameQueue(steps(['', '77'], AGENT, AGENT, ['', '77']))).toEqual([]);
  });
});

describe('the time in queue', () => {
  test('is that of all queues', () => {
    expect(queued(steps(QUEUE, AGENT, ['Billing', 'CSQ', 'x', '1:00']))).toEqual([
      { kind: 'queued', seconds: 70, isPartial: false, steps: [1, 3] },
    ]);
  });

  test('is only in part where one can’t be read', () => {
    expect(queued(steps(QUEUE, ['Billing', '77', 'x', 'n/a']))).toMatchObject([{ seconds: 10, isPartial: true }]);
  });

  test('is not claimed where there is no queue, or none that can be read', () => {
    expect(queued(steps(AGENT))).toEqual([]);
    expect(queued(steps(['Sales', '77', 'x', '']))).toEqual([]);
  });
});

describe('the longest step', () => {
  test('is longer than each of the others', () => {
    expect(longest(steps(QUEUE, ['3104', '76', 'x', '30']))).toEqual([
      { kind: 'longest', seconds: 30, share: 0.75, isPartial: false, what: ['x', '3104'], steps: [2] },
    ]);
  });

  test('is only the longest of those that can be read where others can’t', () => {
    expect(longest(steps(QUEUE, ['3104', '76', 'x', '30'], ['3105', '76', 'x', '']))).toMatchObject([
      { seconds: 30, share: 0.75, isPartial: true },
    ]);
  });

  test('is not claimed where it is only a small part of them all', () => {
    const many = Array.from({ length: 20 }, (_, index): Written => [`d${index}`, '76', 'x', '10']);
    expect(longest(steps(...many, ['a', '76', 'x', '12']))).toEqual([]);
    expect(longest(steps(...many, ['a', '76', 'x', '40']))).toHaveLength(1);
  });

  test('is not claimed of two that are as long, of a single one, or of none that takes time', () => {
    expect(longest(steps(QUEUE, AGENT))).toEqual([]);
    expect(longest(steps(QUEUE))).toEqual([]);
    expect(longest(steps(QUEUE, ['3105', '76', 'x', '']))).toEqual([]);
    expect(longest(steps(['8000', '74', 'x', '0'], ['8001', '74', 'x', '0']))).toEqual([]);
  });
});

describe('what points at steps', () => {
  test('a new call id', () => {
    expect(newCallId(steps(['a', '76', 'x', '5', '2'], ['a', '76', 'x', '5', '2'], AGENT))).toEqual([
      { kind: 'new-call-id', steps: [1, 3] },
    ]);
    expect(newCallId(steps(AGENT, ['a', '76', 'x', '5', '']))).toEqual([]);
  });

  test('a duration that can’t be read', () => {
    expect(unreadableDuration(steps(AGENT, ['a', '76', 'x', 'soon']))).toEqual([
      { kind: 'unreadable-duration', steps: [2] },
    ]);
    expect(unreadableDuration(steps(AGENT))).toEqual([]);
    expect(unreadableDuration(steps(AGENT, ['a', '76', 'x', ''])), 'it may still last').toEqual([]);
    expect(unreadableDuration(steps(['a', '76', 'x', ''], AGENT))).toMatchObject([{ steps: [1] }]);
  });

  test('a step that is not as documented', () => {
    const { journey } = readJourney('1', { CallJourney: [null, { CallId: '1' }] }, 0);
    expect(malformedStep(journey?.steps ?? [])).toEqual([{ kind: 'odd-step', steps: [1, 2] }]);
    expect(malformedStep(steps(AGENT))).toEqual([]);
  });
});

/** By title: what is found in each flow, without the longest step and the time in queue, which nearly all have. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'sampleCalls.answeredAtOnce': [],
  'sampleCalls.givenUpInQueue': ['ends-in-queue 3'],
  'sampleCalls.givenUpInScript': ['ends-in-script 2'],
  'sampleCalls.twoQueues': [],
  'sampleCalls.answeredByNext': ['unanswered 4'],
  'sampleCalls.offeredFourTimes': ['unanswered 4,6,8,10'],
  'sampleCalls.blindTransfer': ['new-call-id 6'],
  'sampleCalls.consultTransfer': ['new-call-id 7,9,11'],
  'sampleCalls.consultCancelled': ['unanswered 7', 'new-call-id 7,8'],
  'sampleCalls.conference': ['new-call-id 7,8'],
  'sampleCalls.redirected': [],
  'sampleCalls.backIntoQueue': ['new-call-id 6'],
  'sampleCalls.backAndForth': ['back-and-forth 4,5,6,7,8,9,10,11,12', 'new-call-id 6,8,10'],
  'sampleCalls.returnedToQueue': ['returned 4'],
  'sampleCalls.outbound': [],
  'sampleCalls.agentToAgent': [],
  'sampleCalls.routePointOnly': [],
  'sampleCalls.voicemail': [],
  'sampleCalls.chat': [],
  'sampleCalls.longHold': [],
  'sampleCalls.veryLong': [],
  'sampleCalls.sameQueueTwice': ['same-queue 3,7', 'new-call-id 6'],
  'sampleCalls.emptyStep': [],
  'sampleCalls.unreadableDurations': ['unreadable-duration 3,4,6'],
  'sampleCalls.durationForms': [],
  'sampleCalls.namedDevices': [],
};

describe('the flows of UCCX', () => {
  const findings = (callId: string, CallJourney: unknown) =>
    (readJourney(callId, { CallJourney }, 0).journey?.findings ?? [])
      .filter(({ kind }) => kind !== 'longest' && kind !== 'queued')
      .map((one) => `${one.kind} ${one.steps.join()}`);

  test.each(JOURNEYS.filter(({ title }) => title in EXPECTED))('$title', ({ callId, title, steps: own }) => {
    expect(findings(callId, own)).toEqual(EXPECTED[title]);
  });

  test('are all expected something of, but for the one of two hundred steps', () => {
    expect(JOURNEYS.map(({ title }) => title).filter((title) => !(title in EXPECTED))).toEqual([
      'sampleCalls.twoHundredSteps',
    ]);
  });

  test('a call that is up says so until it is over', () => {
    const ups = [1, 2, 3, 4].map((asked) => {
      const answer = answerJourney('ONGOING', asked);
      return answer.ok && findings('ONGOING', answer.steps).some((one) => one.startsWith('may-be-up'));
    });
    expect(ups).toEqual([true, true, true, false]);
  });
});
