/**
 * How the page reports faults of which nobody notifies the widget. test/core/link/faults.test.ts tests how the widget
 * handles all faults.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FaultProxy } from '../../lab/fault-proxy.ts';
import { lamp, row } from '../support/page-parts.ts';
import { COMPANY_TLS } from '../../lab/test-tls.ts';
import { expect, member, test as base } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales', members: [member('m1', { memberName: 'Ana Torres' })] };

const test = base.extend<{ readonly faulty: FaultProxy }>({
  /** A proxy for a processor that accepts every agent and then stays silent. */
  faulty: async ({ processor }, use) => {
    const serve = async (): Promise<void> => {
      for (;;) {
        const connection = await processor.connection();
        void connection.begin().then(
          (agentId) => {
            connection.event('teamadded', agentId, SALES);
          },
          // The widget has left the connection before it subscribed.
          () => undefined,
        );
      }
    };
    // It ends with the processor.
    serve().catch(() => undefined);
    const proxy = await FaultProxy.start(processor.port);
    await use(proxy);
    await proxy.stop();
  },
});

test('a frozen server is noticed: stale since when, every row old; and fresh again when it thaws', async ({
  openWidget,
  faulty,
  times,
  passes,
}) => {
  const page = await openWidget(['--processor', faulty.url, '--agent', '1001']);
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
  faulty.each((connection) => {
    connection.hold('down');
  });
  await passes(2 * times.heartbeatMs);
  await expect(lamp(page)).toHaveText(/^Stale/);
  await expect(page.getByText(/Nothing is known since \d/)).toBeVisible();
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await passes(times.heartbeatMs);
  await expect(lamp(page)).toHaveText(/^Reconnecting/);
  await expect(page.getByText(/Last heard at/)).toBeVisible();
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await faulty.heal();
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
});

test('a connection on which only events still come does not count as live', async ({
  openWidget,
  faulty,
  processor,
  times,
  passes,
}) => {
  const page = await openWidget(['--processor', faulty.url, '--agent', '1001']);
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
  faulty.each((connection) => {
    connection.vanish('up');
  });
  await passes(2 * times.heartbeatMs);
  await expect(lamp(page)).toHaveText(/^Stale/);
  for (const connection of processor.connections) {
    connection.event('memberstatuschanged', '1001', {
      ...SALES,
      members: [member('m1', { memberName: 'Ana Torres', status: 'ACW' })],
    });
  }
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await faulty.heal();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
});

test('an expired certificate stops the link, which starts again with a new one', async ({
  openWidget,
  processor,
  faulty: _served,
  profileDir,
}) => {
  const caFile = path.join(profileDir, 'company.pem');
  await writeFile(caFile, COMPANY_TLS.ca);
  const secure = await FaultProxy.start(processor.port, { certificate: COMPANY_TLS.expired });
  const page = await openWidget(['--processor', secure.url, '--agent', '1001', '--ca-file', caFile]);
  await expect(lamp(page)).toHaveText(/^Stopped/);
  await expect(page.getByRole('alert')).toContainText('certificate');
  secure.certificate = COMPANY_TLS.right;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await secure.stop();
});
