import { describe, expect, test } from 'vitest';
import { SerialQueue } from '../../../src/core/base/serial-queue.ts';

describe('a serial queue', () => {
  test('runs one piece of work at a time, in order', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    let finishFirst: () => void = () => undefined;
    const first = queue.run(async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => {
        finishFirst = resolve;
      });
      log.push('first ends');
      return 1;
    });
    const second = queue.run(async () => {
      log.push('second');
      return 2;
    });
    await Promise.resolve();
    expect(log).toEqual(['first begins']);
    finishFirst();
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(log).toEqual(['first begins', 'first ends', 'second']);
  });

  test('continues after a failure, which only its caller receives', async () => {
    const queue = new SerialQueue();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const next = queue.run(async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
