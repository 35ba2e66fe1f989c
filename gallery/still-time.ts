/**
 * Stops the clocks of a gallery page, so that every picture of a state is the same. It must be imported first, before
 * anything reads the time. Timers keep running.
 */
import { NOW } from './fixtures/moment.ts';

const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [NOW] : args, newTarget) as object,
  get: (target, name) => (name === 'now' ? () => NOW : (Reflect.get(target, name) as unknown)),
});
performance.now = () => 0;
