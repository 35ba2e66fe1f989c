/**
 * The shape of a call journey and a short notation for its steps. It knows the device types of UCCX's CTI protocol, but
 * no journey in particular.
 */
import type { PlainKey } from '../../shared/texts/languages.ts';

/** One step, exactly as in the reports. */
export interface WireStep {
  readonly CallId: string;
  readonly Device: string;
  readonly DeviceType: string;
  readonly Description: string;
  readonly Duration: string;
}

export interface WireJourney {
  readonly callId: string;
  /** The text that explains what the journey shows. */
  readonly title: PlainKey;
  readonly steps: readonly WireStep[];
}

/** Numbers of device types in UCCX's CTI protocol, as text. */
export const DEVICE_TYPE = {
  device: '0',
  ctiPort: '73',
  routePoint: '74',
  agentPhone: '76',
  queue: '77',
  outsideLine: '78',
  none: '65535',
} as const;

/** One step without its call's id. */
export type Leg = Omit<WireStep, 'CallId'>;

/** @param deviceType a number as text, or a name if the processor sends one */
export function leg(device: string, deviceType: string, description: string, duration: string): Leg {
  return { Device: device, DeviceType: deviceType, Description: description, Duration: duration };
}

export function routePoint(device: string, name: string, duration = '00:00:00'): Leg {
  return leg(device, DEVICE_TYPE.routePoint, `Route point ${name}`, duration);
}

export function script(port: string, name: string, duration: string): Leg {
  return leg(port, DEVICE_TYPE.ctiPort, `Script ${name}`, duration);
}

export function queue(name: string, duration: string): Leg {
  return leg(name, DEVICE_TYPE.queue, `Queued for ${name}`, duration);
}

export function ringing(extension: string, agent: string, duration: string): Leg {
  return leg(extension, DEVICE_TYPE.agentPhone, `Ringing ${agent}`, duration);
}

export function unanswered(extension: string, agent: string, duration: string): Leg {
  return leg(extension, DEVICE_TYPE.agentPhone, `Ringing ${agent}, not answered`, duration);
}

export function talking(extension: string, agent: string, duration: string): Leg {
  return leg(extension, DEVICE_TYPE.agentPhone, `Talking to ${agent}`, duration);
}

export function onHold(extension: string, agent: string, duration: string): Leg {
  return leg(extension, DEVICE_TYPE.agentPhone, `On hold by ${agent}`, duration);
}

export function wrapUp(extension: string, agent: string, duration: string): Leg {
  return leg(extension, DEVICE_TYPE.agentPhone, `After-call work of ${agent}`, duration);
}

export function outsideLine(number: string, description: string, duration: string): Leg {
  return leg(number, DEVICE_TYPE.outsideLine, description, duration);
}

/** Steps that all belong to one call. */
export function call(callId: string, ...legs: readonly Leg[]): readonly WireStep[] {
  return legs.map((one) => ({ CallId: callId, ...one }));
}

/** A journey whose steps all have the requested id. */
export function simpleJourney(callId: string, title: PlainKey, ...legs: readonly Leg[]): WireJourney {
  return { callId, title, steps: call(callId, ...legs) };
}
