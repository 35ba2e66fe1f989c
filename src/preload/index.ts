/**
 * The bridge in Electron: exposes the contract over contextBridge as `window.uccx`, with one function per request and
 * event, and no way to send anything else. It must not know what a request means or what a page does with it.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import {
  EVENT_NAMES,
  REQUEST_NAMES,
  eventChannel,
  requestChannel,
  type Bridge,
  type EventName,
  type RequestName,
} from '../shared/contract.ts';

function request(name: RequestName): (args: unknown) => Promise<unknown> {
  const channel = requestChannel(name);
  return (args) => ipcRenderer.invoke(channel, args);
}

function on(name: EventName): (listener: (payload: unknown) => void) => () => void {
  const channel = eventChannel(name);
  return (listener) => {
    // The page gets only the payload: the IPC event would expose the sender.
    const receive = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(channel, receive);
    return () => {
      ipcRenderer.off(channel, receive);
    };
  };
}

// `Object.fromEntries` loses the type of the keys; they come from the contract itself.
const bridge: Bridge = {
  requests: Object.fromEntries(REQUEST_NAMES.map((name) => [name, request(name)])) as unknown as Bridge['requests'],
  on: Object.fromEntries(EVENT_NAMES.map((name) => [name, on(name)])) as unknown as Bridge['on'],
};

contextBridge.exposeInMainWorld('uccx', bridge);
