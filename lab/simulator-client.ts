/**
 * A bare client of a simulator and a reference board, for tests. It knows only the reports, and keeps every message
 * from the first on, so that none can be missed.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Member {
  readonly memberId: string;
  readonly memberType: string;
  readonly memberName: string;
  readonly status: string;
  readonly reason: string;
}

/** Any message from the processor, with the fields that the tests check. */
export interface Message {
  readonly command?: string;
  readonly result?: string;
  readonly data?: {
    readonly agentId?: string;
    readonly team?: { readonly teamId: string; readonly teamName: string; readonly members: readonly Member[] };
    readonly CallJourney?: readonly Record<string, unknown>[];
  };
  readonly failure?: { readonly code: string; readonly message: string; readonly context?: string };
  readonly original?: unknown;
  readonly name?: string;
}

export class Client {
  readonly received: Message[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<unknown>;
  readonly #waiting = new Set<() => void>();

  private constructor(url: string) {
    this.socket = new WebSocket(url);
    this.closed = once(this.socket, 'close');
    this.socket.on('message', (data) => {
      this.received.push(JSON.parse((data as Buffer).toString('utf8')) as Message);
      for (const look of this.#waiting) look();
    });
  }

  static async open(url: string): Promise<Client> {
    const client = new Client(url);
    await once(client.socket, 'open');
    return client;
  }

  request(command: string, data: unknown): void {
    this.socket.send(JSON.stringify({ command, data }));
  }

  /** The first message from `start` on that meets the condition; waits for it if necessary. */
  until(condition: (message: Message) => boolean, start = 0): Promise<Message> {
    let next = start;
    return new Promise((resolve) => {
      const look = (): void => {
        for (; next < this.received.length; next += 1) {
          const message = this.received[next];
          if (message === undefined || !condition(message)) continue;
          this.#waiting.delete(look);
          resolve(message);
          return;
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Sends a request and returns its answer; other messages stay in `received`. */
  ask(command: string, data: unknown): Promise<Message> {
    const start = this.received.length;
    this.request(command, data);
    return this.until((message) => message.command === command, start);
  }
}

/** Teams as a client knows them, from events alone; fails on an event that does not fit the earlier ones. */
export class ReferenceBoard {
  readonly teams = new Map<string, { name: string; members: Map<string, Member> }>();

  apply(name: string, report: NonNullable<NonNullable<Message['data']>['team']>): void {
    const { teamId, teamName, members } = report;
    if (name === 'report.teamstatus.teamadded') {
      if (this.teams.has(teamId)) throw new Error(`Team ${teamId} was added twice`);
      this.teams.set(teamId, { name: teamName, members: new Map(members.map((one) => [one.memberId, one])) });
      return;
    }
    const team = this.teams.get(teamId);
    if (team === undefined) throw new Error(`${name} for team ${teamId}, which is not there`);
    switch (name) {
      case 'report.teamstatus.teamchanged':
        if (team.name === teamName) throw new Error(`Team ${teamId} was renamed to its own name`);
        team.name = teamName;
        return;
      case 'report.teamstatus.teamremoved':
        this.teams.delete(teamId);
        return;
      case 'report.teamstatus.memberadded':
        for (const one of members) {
          if (team.members.has(one.memberId)) throw new Error(`Member ${one.memberId} was added twice`);
          team.members.set(one.memberId, one);
        }
        return;
      case 'report.teamstatus.memberstatuschanged':
        for (const one of members) {
          const before = team.members.get(one.memberId);
          if (before === undefined) throw new Error(`Member ${one.memberId} is not in team ${teamId}`);
          if (before.status === one.status && before.reason === one.reason) throw new Error('Nothing changed');
          team.members.set(one.memberId, one);
        }
        return;
      case 'report.teamstatus.memberremoved':
        for (const one of members) {
          if (!team.members.delete(one.memberId)) throw new Error(`Member ${one.memberId} is not in team ${teamId}`);
        }
        return;
      default:
        throw new Error(`No event is called ${name}`);
    }
  }

  /** In a fixed order, for comparison. */
  view(): unknown {
    return viewOf([...this.teams].map(([teamId, { name, members }]) => [teamId, name, [...members.values()]]));
  }
}

export function viewOf(teams: (readonly [teamId: string, teamName: string, members: readonly Member[]])[]): unknown {
  return teams
    .map(([teamId, teamName, members]) => ({
      teamId,
      teamName,
      members: [...members].sort((one, other) => (one.memberId < other.memberId ? -1 : 1)),
    }))
    .sort((one, other) => (one.teamId < other.teamId ? -1 : 1));
}
