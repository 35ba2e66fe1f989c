/**
 * The kind of device that a step of a journey names, by UCCX's number or by a name that a processor may send instead.
 */
import { foldWord } from '../base/folding.ts';

export type DeviceKind = 'phone' | 'ctiPort' | 'routePoint' | 'agentPhone' | 'queue' | 'line' | 'none' | 'unknown';

// The numbers are from UCCX's CTI protocol: Cisco Unified Contact Center Express CTI Protocol Developer Guide.
const DEVICES: readonly { readonly kind: Exclude<DeviceKind, 'unknown'>; readonly types: readonly string[] }[] = [
  { kind: 'phone', types: ['0', 'device', 'phone'] },
  { kind: 'ctiPort', types: ['73', 'ctiport'] },
  { kind: 'routePoint', types: ['74', 'routepoint', 'ctiroutepoint'] },
  { kind: 'agentPhone', types: ['76', 'agentphone', 'agentdevice', 'agent'] },
  { kind: 'queue', types: ['77', 'queue', 'csq', 'contactservicequeue'] },
  { kind: 'line', types: ['78', 'nonacdline', 'nonacd'] },
  { kind: 'none', types: ['65535', 'none'] },
];
const kindsByType = new Map(
  DEVICES.flatMap((device) => device.types.map((type) => [foldWord(type), device.kind] as const)),
);

export function deviceKind(deviceType: string): DeviceKind {
  return kindsByType.get(foldWord(deviceType)) ?? 'unknown';
}
