/** What the simulated contact centre does step by step; no sockets, no time. */
import { describe, expect, test } from 'vitest';
import { REPORT_EVENT_NAMES } from '../../../src/shared/link/report.ts';
import { personName, SHIFTS, teamName } from '../../../src/simulator/board/names.ts';
import { World, type TeamReport, type WorldOptions } from '../../../src/simulator/board/world.ts';
import { ReferenceBoard, viewOf, type Member } from '../../../lab/simulator-client.ts';

const DEMO: WorldOptions = { teams: 6, members: 48, seed: 1 };

function allTeams(world: World): readonly TeamReport[] {
  return world.teamsOf('1001') ?? [];
}

function view(world: World, agentId: string): unknown {
  return viewOf((world.teamsOf(agentId) ?? []).map((team) => [team.teamId, team.teamName, team.members]));
}

function peopleOf(world: World): Map<string, { readonly member: Member; readonly teams: number }> {
  const people = new Map<string, { member: Member; teams: number }>();
  for (const { members } of allTeams(world)) {
    for (const member of members) {
      people.set(member.memberId, { member, teams: (people.get(member.memberId)?.teams ?? 0) + 1 });
    }
  }
  return people;
}

function run(world: World, steps: number): ReturnType<World['step']>[number][] {
  return Array.from({ length: steps }, () => world.step()).flat();
}

describe('a seed', () => {
  test('gives the same world and the same changes each time', () => {
    const [one, other] = [new World(DEMO), new World(DEMO)];
    expect(allTeams(one)).toEqual(allTeams(other));
    expect(run(one, 3_000)).toEqual(run(other, 3_000));
    expect(allTeams(one)).toEqual(allTeams(other));
  });

  test('gives another world than another seed', () => {
    expect(allTeams(new World(DEMO))).not.toEqual(allTeams(new World({ ...DEMO, seed: 2 })));
  });
});

describe('the world at the start', () => {
  test.each([
    { teams: 6, members: 48, seed: 1 },
    { teams: 40, members: 400, seed: 7 },
    { teams: 1, members: 400, seed: 3 },
    { teams: 5, members: 2, seed: 4 },
    { teams: 400, members: 10_000, seed: 5 },
  ])('has as many teams and people as asked for: $teams and $members', (options) => {
    const world = new World(options);
    expect(allTeams(world)).toHaveLength(options.teams);
    expect(peopleOf(world).size).toBe(options.members);
  });

  test('gives every person and every team a name of its own, up to 10,000 people in 400 teams', () => {
    const world = new World({ teams: 400, members: 10_000, seed: 9 });
    const names = new Set([...peopleOf(world).values()].map(({ member }) => member.memberName));
    expect(names.size).toBe(10_000);
    expect(new Set(allTeams(world).map((team) => team.teamName)).size).toBe(400);
  });

  test('puts about one in twelve into two teams, and nobody into more', () => {
    const people = [...peopleOf(new World({ teams: 400, members: 10_000, seed: 5 })).values()];
    const inTwo = people.filter((person) => person.teams === 2).length;
    expect(inTwo).toBeGreaterThan(10_000 / 15);
    expect(inTwo).toBeLessThan(10_000 / 10);
    expect(Math.max(...people.map((person) => person.teams))).toBe(2);
  });

  test('has one supervisor in each team, and a team lead where it is large', () => {
    for (const { members } of allTeams(new World({ teams: 40, members: 400, seed: 7 }))) {
      const count = (type: string): number => members.filter((member) => member.memberType === type).length;
      expect(count('Supervisor')).toBe(1);
      if (members.length >= 8) expect(count('TeamLead')).toBe(1);
      expect(count('Supervisor') + count('TeamLead') + count('Agent')).toBe(members.length);
    }
  });
});

describe('a step', () => {
  test.each([
    { teams: 6, members: 48, seed: 1 },
    { teams: 40, members: 400, seed: 7 },
    { teams: 1, members: 1, seed: 2 },
    { teams: 5, members: 2, seed: 4 },
  ])('tells all that changed, so that a client which applies it knows the world: $teams teams', (options) => {
    const world = new World(options);
    for (const agentId of world.agentIds) {
      const board = new ReferenceBoard();
      for (const team of world.teamsOf(agentId) ?? []) board.apply('report.teamstatus.teamadded', team);
      for (let step = 0; step < 8_000; step += 1) {
        for (const { name, team } of world.step()) {
          if (world.concerns(agentId, team.teamId)) board.apply(name, team as TeamReport);
        }
        if (step % 500 === 0) expect(board.view()).toEqual(view(world, agentId));
      }
      expect(board.view()).toEqual(view(world, agentId));
    }
  });

  test('is in time any of the six events, and nearly always a change of status', () => {
    const names = run(new World(DEMO), 20_000).map((change) => change.name);
    expect(new Set(names)).toEqual(new Set(REPORT_EVENT_NAMES));
    const statusChanges = names.filter((name) => name === 'report.teamstatus.memberstatuschanged').length;
    expect(statusChanges / names.length).toBeGreaterThan(0.98);
  });

  test('tells the change of someone in two teams for each of them', () => {
    const world = new World(DEMO);
    const inTwo = new Set([...peopleOf(world)].filter(([, person]) => person.teams === 2).map(([id]) => id));
    let changes = world.step();
    while (!inTwo.has((changes[0]?.team.members[0] as Member | undefined)?.memberId ?? '')) changes = world.step();
    expect(changes).toHaveLength(2);
    expect(changes[0]?.team.members).toEqual(changes[1]?.team.members);
    expect(changes[0]?.team.teamId).not.toBe(changes[1]?.team.teamId);
  });

  test('now and then changes only the reason, and now and then several members at once', () => {
    const world = new World(DEMO);
    const standing = new Map([...peopleOf(world)].map(([id, { member }]) => [id, member]));
    let reasonOnly = 0;
    let several = 0;
    for (const { name, team } of run(world, 5_000)) {
      if (name === 'report.teamstatus.memberremoved') continue;
      if (name === 'report.teamstatus.memberstatuschanged' && team.members.length > 1) several += 1;
      for (const member of team.members) {
        const before = standing.get(member.memberId);
        if (before?.status === member.status && before.reason !== member.reason) reasonOnly += 1;
        standing.set(member.memberId, member);
      }
    }
    expect(reasonOnly).toBeGreaterThan(0);
    expect(several).toBeGreaterThan(0);
  });

  test('lets people hold a status for a while before it changes again', () => {
    const world = new World(DEMO);
    const changedAt = new Map<string, number>();
    let soon = 0;
    let all = 0;
    for (let step = 0; step < 5_000; step += 1) {
      for (const { name, team } of world.step()) {
        if (name !== 'report.teamstatus.memberstatuschanged' || team.members.length > 1) continue;
        const id = team.members[0]?.memberId ?? '';
        all += 1;
        if (step - (changedAt.get(id) ?? -Infinity) < 10 && changedAt.get(id) !== step) soon += 1;
        changedAt.set(id, step);
      }
    }
    // Drawn at random, nearly a fifth of the changes would hit a person who changed in the ten steps before.
    expect(soon / all).toBeLessThan(0.03);
  });

  test('keeps the number of teams and people near where they began', () => {
    const world = new World(DEMO);
    for (let round = 0; round < 40; round += 1) {
      run(world, 1_000);
      expect([6, 7]).toContain(allTeams(world).length);
      const people = peopleOf(world).size;
      expect(people).toBeGreaterThan(34);
      expect(people).toBeLessThan(64);
    }
  });

  test('never lets the agents who can be watched go, nor any supervisor', () => {
    const world = new World(DEMO);
    run(world, 40_000);
    expect(world.teamsOf('1002')?.[0]?.members.map((member) => member.memberId)).toEqual(
      expect.arrayContaining(['1001', '1002']),
    );
    for (const team of allTeams(world)) {
      expect(team.members.filter((member) => member.memberType === 'Supervisor')).toHaveLength(1);
    }
  });

  test('gives a renamed team its plain name back at the next renaming', () => {
    const names = run(new World({ teams: 1, members: 8, seed: 6 }), 20_000)
      .filter((change) => change.name === 'report.teamstatus.teamchanged' && change.team.teamId === '1')
      .map((change) => change.team.teamName);
    expect(names.length).toBeGreaterThan(4);
    for (const [index, name] of names.entries()) {
      expect(name).toMatch(index % 2 === 0 ? /^Sales \(\w+\)$/ : /^Sales$/);
    }
  });
});

describe('agents', () => {
  test('are a supervisor of every team and an agent of the first, and no others', () => {
    const world = new World(DEMO);
    expect(world.agentIds).toEqual(['1001', '1002']);
    expect(world.teamsOf('1001')).toHaveLength(6);
    expect(world.teamsOf('1002')).toEqual(world.teamsOf('1001')?.slice(0, 1));
    expect(world.teamsOf('2002')).toBeNull();
    expect(world.teamsOf('__proto__')).toBeNull();
  });
});

describe('names', () => {
  test('of people stay different beyond the combinations, whatever the offset', () => {
    for (const offset of [0, 1, 777_777]) {
      expect(new Set(Array.from({ length: 60_000 }, (_, number) => personName(number, offset))).size).toBe(60_000);
    }
  });

  test('of teams stay different and within 50 bytes, with a shift behind them too', () => {
    const names = Array.from({ length: 2_000 }, (_, number) => teamName(number));
    expect(new Set(names).size).toBe(2_000);
    const longestShift = Math.max(...SHIFTS.map((shift) => shift.length));
    for (const name of names) expect(Buffer.byteLength(name) + longestShift + 3).toBeLessThanOrEqual(50);
  });

  test('of people are of many kinds: accents, another direction, long ones', () => {
    const names = Array.from({ length: 48 }, (_, number) => personName(number, 0)).join('\n');
    expect(names).toMatch(/[À-ž]/);
    expect(names).toMatch(/\p{Script=Arabic}/u);
    expect(names).toMatch(/.{40,}/);
  });
});
