/** Devices of a journey in words. */
import { expect, test } from 'vitest';
import { deviceWord } from '../../../src/shared/journey/journey-words.ts';

test.each([
  ['0', 'phone', 'Phone'],
  ['73', 'ctiPort', 'CTI port'],
  ['74', 'routePoint', 'Route point'],
  ['76', 'agentPhone', 'Agent phone'],
  ['77', 'queue', 'Queue'],
  ['78', 'line', 'Non-ACD line'],
  ['65535', 'none', 'No type'],
  ['CTI Route Point', 'routePoint', 'Route point'],
  ['', 'unknown', ''],
  ['Hologram', 'unknown', 'Hologram'],
  ['__proto__', 'unknown', '__proto__'],
])('the device type %j is of kind %s and reads “%s”', (type, kind, word) => {
  expect(deviceWord(type)).toMatchObject({ kind, word });
});
