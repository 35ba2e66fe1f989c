/** The requests of the link and the connection settings, as the host handles them. */
import * as v from 'valibot';
import type { BlindTime } from '../../shared/link/blind-time.ts';
import type { ConnectionEdit, linkRequests, TestResult } from '../../shared/link/requests.ts';
import type { ConnectionForm } from '../../shared/link/connection-settings.ts';
import type { SaveResult } from '../../shared/settings/settings.ts';
import { NoArguments, TextArgument, type Handlers } from '../base/handlers.ts';

export interface LinkParts {
  readonly connection: { tryNow(): Promise<void>; showDemo(): Promise<void> };
  readonly connectionEdits: {
    save(edit: ConnectionEdit): Promise<SaveResult<ConnectionForm>>;
    test(form: ConnectionForm): Promise<TestResult>;
  };
  readonly blindTime: BlindTime;
}

const Texts = v.pipe(v.array(TextArgument), v.maxLength(1000));
const Connection = v.strictObject({
  processorUrls: Texts,
  agentIds: Texts,
  subprotocol: TextArgument,
  caFile: TextArgument,
});
const ConnectionPart = v.strictObject({
  processorUrls: v.exactOptional(Texts),
  agentIds: v.exactOptional(Texts),
  subprotocol: v.exactOptional(TextArgument),
  caFile: v.exactOptional(TextArgument),
});

/** The ids of the watched agents stay while people are only counted: whoever sets up the widget needs them. */
export const linkHandlers: Handlers<typeof linkRequests, LinkParts> = {
  'link.try-now': {
    args: NoArguments,
    privacy: 'as-is',
    run: async (_, { connection }) => {
      await connection.tryNow();
      return null;
    },
  },
  'blind-time.list': { args: NoArguments, privacy: 'as-is', run: (_, { blindTime }) => blindTime },
  'connection.save': {
    args: v.strictObject({
      changes: ConnectionPart,
      base: ConnectionPart,
      needsAgents: v.exactOptional(v.boolean()),
    }),
    privacy: 'as-is',
    run: (edit, { connectionEdits }) => connectionEdits.save(edit),
  },
  'connection.test': {
    args: Connection,
    privacy: 'as-is',
    run: (form, { connectionEdits }) => connectionEdits.test(form),
  },
  'connection.show-demo': {
    args: NoArguments,
    privacy: 'as-is',
    run: async (_, { connection }) => {
      await connection.showDemo();
      return null;
    },
  },
};
