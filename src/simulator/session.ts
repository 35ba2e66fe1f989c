/**
 * One client's connection: answers its requests and records which agents it has subscribed to. It reads the world but
 * never changes it.
 */
import type { WebSocket } from 'ws';
import type { ReportRequest } from '../shared/link/report.ts';
import { answerJourney, ONGOING } from './journey/journeys.ts';
import { eventFrame, failureFrame, stackTrace, successFrame } from './link/reply.ts';
import { readRequest } from './link/request.ts';
import type { World } from './board/world.ts';

/** A client that leaves this much unread is disconnected before it exhausts the simulator's memory. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

export class Session {
  readonly #socket: WebSocket;
  readonly #world: World;
  readonly #subscribed = new Set<string>();
  readonly #slowAnswers = new Set<NodeJS.Timeout>();
  #askedOngoing = 0;

  constructor(socket: WebSocket, world: World) {
    this.#socket = socket;
    this.#world = world;
  }

  /** Answers one frame, whatever is in it. Never throws. */
  receive(data: Buffer, isBinary: boolean): void {
    const read = isBinary
      ? { ok: false as const, command: '', problem: 'Binary frames are not understood.', original: undefined }
      : readRequest(data.toString('utf8'));
    if (read.ok) this.#answer(read.request, read.original);
    else this.#send(failureFrame(read.command, { code: 'BAD_REQUEST', message: read.problem }, read.original));
  }

  isSubscribed(agentId: string): boolean {
    return this.#subscribed.has(agentId);
  }

  /** Sends an event's frame if the client is subscribed to the event's agent; otherwise drops it. */
  deliver(agentId: string, frame: string): void {
    if (this.#subscribed.has(agentId)) this.#send(frame);
  }

  /** Nothing is answered or delivered after this. */
  close(): void {
    for (const timer of this.#slowAnswers) clearTimeout(timer);
    this.#slowAnswers.clear();
    this.#subscribed.clear();
    this.#socket.terminate();
  }

  #answer(request: ReportRequest, original: unknown): void {
    switch (request.command) {
      case 'report.calljourney':
        this.#answerJourney(request.data.CallId, original);
        return;
      case 'report.teamstatus.begin':
        this.#begin(request.data.agentId, original);
        return;
      case 'report.teamstatus.end':
        this.#end(request.data.agentId, original);
        return;
    }
  }

  /** Beginning again sends every team again. */
  #begin(agentId: string, original: unknown): void {
    const teams = this.#world.teamsOf(agentId);
    if (teams === null) {
      this.#refuseAgent('report.teamstatus.begin', agentId, original);
      return;
    }
    this.#subscribed.add(agentId);
    this.#send(successFrame('report.teamstatus.begin', {}));
    for (const team of teams) this.#send(eventFrame(agentId, { name: 'report.teamstatus.teamadded', team }));
  }

  /** Ending an agent that was never begun succeeds too: afterwards, nothing is sent. */
  #end(agentId: string, original: unknown): void {
    if (!this.#world.agentIds.includes(agentId)) {
      this.#refuseAgent('report.teamstatus.end', agentId, original);
      return;
    }
    this.#subscribed.delete(agentId);
    this.#send(successFrame('report.teamstatus.end', {}));
  }

  #refuseAgent(command: ReportRequest['command'], agentId: string, original: unknown): void {
    const message = `No agent has the id “${agentId}”.`;
    const context = stackTrace(
      `com.openmethods.simulator.AgentNotFoundException: ${message}`,
      'com.openmethods.simulator.AgentDirectory.require',
      'com.openmethods.simulator.TeamStatusReport.handle',
      'com.openmethods.simulator.ReportServer.dispatch',
    );
    this.#send(failureFrame(command, { code: 'AGENT_NOT_FOUND', message, context }, original));
  }

  #answerJourney(callId: string, original: unknown): void {
    if (callId === ONGOING) this.#askedOngoing += 1;
    const answer = answerJourney(callId, this.#askedOngoing);
    const frame = answer.ok
      ? successFrame('report.calljourney', { CallJourney: answer.steps })
      : failureFrame('report.calljourney', answer.failure, original);
    if (answer.delayMs === 0) {
      this.#send(frame);
      return;
    }
    const timer = setTimeout(() => {
      this.#slowAnswers.delete(timer);
      this.#send(frame);
    }, answer.delayMs);
    this.#slowAnswers.add(timer);
  }

  #send(frame: string): void {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.close();
    // A closing socket takes no frames; its `close` event follows and ends the session.
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }
}
